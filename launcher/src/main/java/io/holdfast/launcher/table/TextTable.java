package io.holdfast.launcher.table;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Rows of text in aligned columns, each as wide as its longest cell.
///
/// @param rows as long as the headings, each
public record TextTable(List<String> headings, List<List<String>> rows) {
    private static final String GAP = "  ";

    /// The headings, and then the rows.
    public List<String> lines() {
        int[] widths = IntStream.range(0, headings.size()).map(this::width).toArray();
        return all().map(row -> line(row, widths)).toList();
    }

    private Stream<List<String>> all() {
        return Stream.concat(Stream.of(headings), rows.stream());
    }

    private int width(int column) {
        return all().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> row.get(column)
                        + " ".repeat(widths[column] - row.get(column).length()))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }
}
