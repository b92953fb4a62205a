package io.holdfast.launcher.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.launcher.LauncherException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentImportTest {
    @TempDir
    private Path folder;

    private final FakeApi api;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final ProgressBar bar = new ProgressBar(new PrintStream(shown, true, StandardCharsets.UTF_8), false);
    private Path file = Path.of("");

    DocumentImportTest() throws IOException {
        api = new FakeApi();
    }

    @BeforeEach
    void nameFile() {
        file = folder.resolve("cities.ndjson");
    }

    @AfterEach
    void closeApi() {
        api.close();
    }

    @Test
    void writesEveryLineOfAGzipFileAndForgetsItsCheckpoint() throws IOException, InterruptedException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(lines(1, 3210).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(run(false)).isEqualTo(new DocumentImport.Result(3210, 0, 0));
        assertThat(api.documents).hasSize(3210).containsEntry("7", "{\"id\":\"7\",\"n\":7}");
        assertThat(checkpoints()).isEmptyDirectory();
    }

    @Test
    void namesBadLinesByTheirPlaceInTheFileAndWritesTheOthers() throws IOException, InterruptedException {
        Files.writeString(file, lines(1, 700) + "\n  \nbroken\n" + lines(701, 900));
        assertThat(run(false)).isEqualTo(new DocumentImport.Result(900, 1, 0));
        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("line 703: no id");
        assertThat(api.documents).hasSize(900);
    }

    @Test
    void goesOnWhereItWasInterrupted() throws IOException, InterruptedException {
        Files.writeString(file, "bad\n" + lines(2, 5000));
        api.diesAt = 2001;
        assertThatThrownBy(() -> run(false))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("died");
        api.diesAt = 0;
        DocumentImport.Result rest = run(false);
        assertThat(rest.skipped()).isEqualTo(2000);
        assertThat(rest.failed()).isEqualTo(1);
        assertThat(api.documents).hasSize(4999);
        assertThat(checkpoints()).isEmptyDirectory();
    }

    @Test
    void startsFromTheBeginningWithAnotherFileOrOnRequest() throws IOException, InterruptedException {
        Files.writeString(file, lines(1, 5000));
        interrupt();
        assertThat(run(true).written()).isEqualTo(5000);
        interrupt();
        Files.writeString(file, lines(1, 5001));
        assertThat(run(false).written()).isEqualTo(5001);
    }

    @Test
    void triesAgainWhenThePlatformIsBusy() throws IOException, InterruptedException {
        Files.writeString(file, lines(1, 10));
        api.failures.addAll(List.of(503, 429, 504));
        assertThat(run(false).written()).isEqualTo(10);
        assertThat(api.requests).hasValue(4);
    }

    @Test
    void sendsLessAtOnceWhereThePlatformTakesNoMore() throws IOException, InterruptedException {
        Files.writeString(file, lines(1, 300));
        api.mostLines = 100;
        assertThat(run(false).written()).isEqualTo(300);
    }

    @Test
    void reportsALineThatIsTooLargeByItself() throws IOException, InterruptedException {
        Files.writeString(
                file, lines(1, 2) + "{\"id\":\"" + "x".repeat(DocumentImport.LONGEST_LINE) + "\"}\n" + lines(3, 4));
        assertThat(run(false)).isEqualTo(new DocumentImport.Result(4, 1, 0));
        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("line 3: longer than 2097152 bytes");
    }

    @Test
    void stopsAtOnceWithAWrongKey() throws IOException {
        Files.writeString(file, lines(1, 10));
        assertThatThrownBy(() ->
                        new ImportSource(file.toString()).into(api.collection("wrong"), checkpoints(), false, bar))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("refused the API key");
    }

    @Test
    void saysSoWhenTheFileIsMissingOrCutOff() throws IOException {
        assertThatThrownBy(() -> run(false)).hasMessageContaining("There is no file " + file);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            out.write(lines(1, 1000).getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = compressed.toByteArray();
        Files.write(file, Arrays.copyOf(whole, whole.length - 20));
        assertThatThrownBy(() -> run(false))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("damaged or incomplete");
    }

    @Test
    void refusesNamesAndAddressesThatAreNone() {
        assertThatThrownBy(() -> new Collection("http://127.0.0.1", "Cities", "key"))
                .hasMessageContaining("'Cities'");
        assertThatThrownBy(() -> new Collection("127.0.0.1:8080", "cities", "key"))
                .hasMessageContaining("--url");
        assertThatThrownBy(() -> new Collection("http://127.0.0.1", "cities", "two words"))
                .hasMessageContaining("API key");
    }

    private void interrupt() {
        api.diesAt = 1501;
        assertThatThrownBy(() -> run(false)).hasMessageContaining("died");
        api.diesAt = 0;
    }

    private DocumentImport.Result run(boolean restart) throws InterruptedException {
        return new ImportSource(file.toString()).into(api.collection(), checkpoints(), restart, bar);
    }

    private Path checkpoints() {
        return folder.resolve("imports");
    }

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "{\"id\":\"" + i + "\",\"n\":" + i + "}\n")
                .collect(Collectors.joining());
    }
}
