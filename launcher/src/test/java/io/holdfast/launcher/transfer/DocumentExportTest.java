package io.holdfast.launcher.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.launcher.LauncherException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentExportTest {
    @TempDir
    private Path folder;

    private final FakeApi api;
    private final ProgressBar bar =
            new ProgressBar(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false);

    DocumentExportTest() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void closeApi() {
        api.close();
    }

    @Test
    void printsDocumentsAndCountsWhatCannotBeImported() throws IOException, InterruptedException {
        api.listing = List.of(
                "{\"id\":\"a\",\"etag\":\"\\\"1\\\"\",\"document\":{\"id\":\"a\",\"n\":1.50}}",
                "{\"id\":\"b\",\"etag\":\"\\\"2\\\"\",\"document\":[1]}",
                "{\"id\":\"c\",\"etag\":\"\\\"3\\\"\",\"document\":{\"x\":0}}");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(new DocumentExport(api.collection(), bar).to(out)).isEqualTo(new DocumentExport.Result(2, 1));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"a\",\"n\":1.50}\n{\"id\":\"c\",\"x\":0}\n");
    }

    @Test
    void writesACompressedFileThatAnImportTakesBack() throws IOException, InterruptedException {
        api.listing = List.of("{\"id\":\"a\",\"etag\":\"1\",\"document\":{\"x\":1}}");
        Path file = folder.resolve("cities.ndjson.gz");
        new DocumentExport(api.collection(), bar).toFile(file);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            assertThat(in).hasContent("{\"id\":\"a\",\"x\":1}\n");
        }
        new ImportSource(file.toString()).into(api.collection(), folder.resolve("imports"), false, bar);
        assertThat(api.documents).containsEntry("a", "{\"id\":\"a\",\"x\":1}");
    }

    @Test
    void failsAndLeavesNoFileWhenTheAnswerBreaksOff() {
        api.listing = List.of("{\"id\":\"a\",\"etag\":\"1\",\"document\":{\"id\":\"a\"}}");
        api.breakOff = true;
        Path file = folder.resolve("cities.ndjson");
        assertThatThrownBy(() -> new DocumentExport(api.collection(), bar).toFile(file))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("incomplete")
                .hasMessageContaining("after 1 documents");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysSoWhenNobodyAnswersOrTheKeyIsWrong() {
        assertThatThrownBy(() -> new DocumentExport(api.collection("wrong"), bar).to(new ByteArrayOutputStream()))
                .hasMessageContaining("refused the API key");
        Collection gone = api.collection();
        api.close();
        assertThatThrownBy(() -> new DocumentExport(gone, bar).to(new ByteArrayOutputStream()))
                .hasMessageContaining("does not answer");
    }
}
