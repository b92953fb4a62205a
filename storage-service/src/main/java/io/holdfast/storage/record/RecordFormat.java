package io.holdfast.storage.record;

import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.StoredRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record as one Redis string. The head is written by `write.lua`, where versions are made; the
/// tail is made here.
///
/// | bytes | what |
/// |---|---|
/// | 0–7 | version |
/// | 8–15 | epoch of the namespace; a record of another epoch does not exist |
/// | 16–23 | expiry in milliseconds since 1970, 0 for none |
/// | 24–31 | operation id of the write |
/// | 32 | `C` if that write created the record, `R` if it replaced one |
/// | 33– | content type, number of attributes, attributes (each string with a 2-byte length), content |
///
/// Numbers are big-endian.
final class RecordFormat {
    private static final int EPOCH = 8;
    private static final int EXPIRY = 16;
    private static final int TAIL = 33;

    private RecordFormat() {}

    static byte[] tail(Content content) {
        byte[] type = utf8(content.contentType());
        int size = 4 + type.length + content.bytes().length;
        for (Map.Entry<String, String> attribute : content.metadata().entrySet()) {
            size += 4 + utf8(attribute.getKey()).length + utf8(attribute.getValue()).length;
        }
        ByteBuffer tail = ByteBuffer.allocate(size);
        putString(tail, type);
        tail.putShort((short) content.metadata().size());
        content.metadata().forEach((name, value) -> {
            putString(tail, utf8(name));
            putString(tail, utf8(value));
        });
        return tail.put(content.bytes()).array();
    }

    /// The record, or null if it belongs to another epoch.
    static @Nullable StoredRecord decode(String key, byte[] stored, long epoch) {
        ByteBuffer buffer = ByteBuffer.wrap(stored);
        if (buffer.getLong(EPOCH) != epoch) {
            return null;
        }
        buffer.position(TAIL);
        String type = getString(buffer);
        int attributes = Short.toUnsignedInt(buffer.getShort());
        Map<String, String> metadata = HashMap.newHashMap(attributes);
        for (int i = 0; i < attributes; i++) {
            metadata.put(getString(buffer), getString(buffer));
        }
        byte[] content = new byte[buffer.remaining()];
        buffer.get(content);
        return new StoredRecord(key, buffer.getLong(0), buffer.getLong(EXPIRY), new Content(content, type, metadata));
    }

    private static byte[] utf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0xFFFF) {
            throw new IllegalArgumentException(
                    "a content type or attribute has %d bytes; at most 65,535 are allowed".formatted(bytes.length));
        }
        return bytes;
    }

    private static void putString(ByteBuffer buffer, byte[] text) {
        buffer.putShort((short) text.length).put(text);
    }

    private static String getString(ByteBuffer buffer) {
        int length = Short.toUnsignedInt(buffer.getShort());
        byte[] text = new byte[length];
        buffer.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
