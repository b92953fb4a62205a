package io.holdfast.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A table in Markdown whose columns line up, so that it reads as well in a terminal.
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... head) {
        rows.add(List.of(head));
    }

    /// Numbers get the digits that say something: three.
    public void row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell instanceof Double number ? format(number) : String.valueOf(cell));
        }
        rows.add(row);
    }

    public static String format(double number) {
        if (Double.isNaN(number)) {
            return "–";
        }
        int decimals = Math.abs(number) >= 100 ? 0 : Math.abs(number) >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", number);
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(IntStream.range(0, row.size())
                    .mapToObj(column -> pad(row.get(column), column))
                    .collect(Collectors.joining(" | ", "| ", " |")));
        }
        lines.add(
                1,
                IntStream.range(0, rows.getFirst().size())
                        .mapToObj(column -> "-".repeat(width(column) - 1) + (column == 0 ? "-" : ":"))
                        .collect(Collectors.joining(" | ", "| ", " |")));
        return String.join(System.lineSeparator(), lines);
    }

    private String pad(String cell, int column) {
        String blanks = " ".repeat(width(column) - cell.length());
        return column == 0 ? cell + blanks : blanks + cell;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
