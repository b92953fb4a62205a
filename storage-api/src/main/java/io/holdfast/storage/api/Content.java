package io.holdfast.storage.api;

import java.util.Arrays;
import java.util.Map;

/// The bytes of a record and what they are.
///
/// @param bytes kept exactly as given; not copied, so neither side may change it afterwards
/// @param contentType a media type, at most 255 bytes
/// @param metadata small attributes of the record
@SuppressWarnings("ArrayRecordComponent")
public record Content(byte[] bytes, String contentType, Map<String, String> metadata) {
    public Content(byte[] bytes, String contentType) {
        this(bytes, contentType, Map.of());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content that
                && Arrays.equals(bytes, that.bytes)
                && contentType.equals(that.contentType)
                && metadata.equals(that.metadata);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + contentType.hashCode();
    }

    @Override
    public String toString() {
        return "Content[%s, %d bytes]".formatted(contentType, bytes.length);
    }
}
