package io.holdfast.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Formats every Java file of the project and compares. `mvn test -pl source-format -Dformat=apply` rewrites them.
class JavaSourcesTest {
    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    @Test
    void areFormatted() throws IOException {
        Path root = Path.of(System.getProperty("root", ".."));
        boolean apply = System.getProperty("format", "check").equals("apply");
        List<Path> different = sources(root).stream()
                .filter(source -> differs(source, apply))
                .map(root::relativize)
                .toList();
        if (!apply) {
            assertThat(different)
                    .as("not formatted; run: mvn test -pl source-format -Dformat=apply")
                    .isEmpty();
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> modules = Files.list(root)) {
            return modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(JavaSourcesTest::javaFiles)
                    .toList();
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean differs(Path source, boolean apply) {
        try {
            String text = Files.readString(source);
            String formatted = formatted(text);
            if (apply && !formatted.equals(text)) {
                Files.writeString(source, formatted);
            }
            return !formatted.equals(text);
        } catch (IOException | FormatterException e) {
            throw new IllegalStateException(source + " cannot be formatted", e);
        }
    }

    private static String formatted(String text) throws FormatterException {
        String imports = ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(text), Style.PALANTIR);
        return FORMATTER.formatSource(imports);
    }
}
