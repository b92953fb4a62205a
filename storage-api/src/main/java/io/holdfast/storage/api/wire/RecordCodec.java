package io.holdfast.storage.api.wire;

import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.StoredRecord;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/// A record within an outcome, its key first, so that a list's end is told from a further one.
final class RecordCodec {
    private RecordCodec() {}

    static void write(JsonGenerator out, StoredRecord stored) {
        Content content = stored.content();
        out.writeString(stored.key()).writeNumber(stored.version()).writeNumber(stored.expiresAtMillis());
        out.writeBinary(content.bytes()).writeString(content.contentType());
        Cbor.writeMetadata(out, content.metadata());
    }

    /// @param key has been read already
    static StoredRecord read(JsonParser in, String key) {
        long version = Cbor.readLong(in);
        long expiresAtMillis = Cbor.readLong(in);
        Content content = new Content(Cbor.readBytes(in), Cbor.readString(in), Cbor.readMetadata(in));
        return new StoredRecord(key, version, expiresAtMillis, content);
    }
}
