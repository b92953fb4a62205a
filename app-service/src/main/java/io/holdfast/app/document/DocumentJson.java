package io.holdfast.app.document;

import io.holdfast.app.condition.Conditions;
import io.holdfast.app.json.JsonStrings;
import io.holdfast.app.json.OneLine;
import io.holdfast.storage.api.StoredRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// A document among others: `{"id":…,"etag":…,"document":…}`. The entity tag is what the header
/// `ETag` has, quotes included, ready for `If-Match`.
public final class DocumentJson {
    private static final byte[] ID = ascii("{\"id\":");
    private static final byte[] ETAG = ascii(",\"etag\":");
    private static final byte[] DOCUMENT = ascii(",\"document\":");

    private DocumentJson() {}

    /// Writes it with the document's bytes as they are.
    public static void write(StoredRecord stored, OutputStream out) throws IOException {
        writeHead(stored.key(), stored.version(), out);
        out.write(DOCUMENT);
        out.write(stored.content().bytes());
        out.write('}');
    }

    /// Writes it on a line of its own.
    public static void writeLine(StoredRecord stored, OutputStream out) throws IOException {
        writeHead(stored.key(), stored.version(), out);
        out.write(DOCUMENT);
        OneLine.write(stored.content().bytes(), out);
        out.write('}');
        out.write('\n');
    }

    /// What a write is answered with: `{"id":…,"etag":…}`.
    public static byte[] written(String id, long version) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writeHead(id, version, out);
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        out.write('}');
        return out.toByteArray();
    }

    private static void writeHead(String id, long version, OutputStream out) throws IOException {
        out.write(ID);
        out.write(JsonStrings.encode(id));
        out.write(ETAG);
        out.write(JsonStrings.encode(Conditions.etag(version)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
