package io.holdfast.launcher.transfer;

import io.holdfast.launcher.LauncherException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// Writes the documents of a collection, one a line, in the form that an import takes.
public final class DocumentExport {
    private static final int BUFFER = 1 << 16;

    private final Collection collection;
    private final ProgressBar bar;

    /// @param left how many were left out because they are not objects
    public record Result(long documents, long left) {}

    public DocumentExport(Collection collection, ProgressBar bar) {
        this.collection = collection;
        this.bar = bar;
    }

    /// The file appears when it is complete, and not before. A name ending in `.gz` makes it gzip.
    public Result toFile(Path file) throws InterruptedException {
        Path temporary = file.resolveSibling(file.getFileName() + ".part");
        try {
            try {
                Result result;
                try (OutputStream out = compressed(file, Files.newOutputStream(temporary))) {
                    result = to(out);
                }
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
                return result;
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new LauncherException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static OutputStream compressed(Path file, OutputStream out) throws IOException {
        return new BufferedOutputStream(
                file.toString().endsWith(".gz") ? new GZIPOutputStream(out, BUFFER) : out, BUFFER);
    }

    /// @throws IOException if `out` cannot be written
    public Result to(OutputStream out) throws IOException, InterruptedException {
        try (HttpClient client = Collection.client();
                InputStream body = open(client)) {
            return copy(new JsonObjects(body), out);
        } finally {
            bar.clear();
            out.flush();
        }
    }

    private InputStream open(HttpClient client) throws InterruptedException {
        try {
            HttpResponse<InputStream> response = client.send(
                    collection
                            .request("/documents")
                            .header("Accept", "application/x-ndjson")
                            .GET()
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                try (InputStream body = response.body()) {
                    throw collection.refusal(response.statusCode(), body.readAllBytes());
                }
            }
            return response.body();
        } catch (IOException e) {
            throw new LauncherException(
                    "The platform at " + collection.url() + " does not answer (" + reason(e)
                            + "). Is it running? The command 'status' tells.",
                    e);
        }
    }

    private Result copy(JsonObjects items, OutputStream out) throws IOException {
        long documents = 0;
        long left = 0;
        for (Optional<JsonSpan> item = next(items, documents); item.isPresent(); item = next(items, documents)) {
            Optional<byte[]> line = ExportedDocument.of(item.get()).line();
            if (line.isPresent()) {
                out.write(line.get());
                out.write('\n');
                documents++;
            } else {
                left++;
            }
            bar.show(documents, -1, "documents");
        }
        return new Result(documents, left);
    }

    private Optional<JsonSpan> next(JsonObjects items, long documents) {
        try {
            return items.next();
        } catch (IOException e) {
            throw new LauncherException(
                    "The export is incomplete: the platform's answer broke off after " + documents + " documents ("
                            + reason(e) + "). Run it again.",
                    e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
