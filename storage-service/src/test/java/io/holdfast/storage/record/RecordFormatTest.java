package io.holdfast.storage.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.StoredRecord;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordFormatTest {
    private static final Content CONTENT =
            new Content("{\"a\":1}".getBytes(UTF_8), "application/json", Map.of("größe", "12"));

    /// A record as the write script makes it.
    private static byte[] stored(long version, long epoch, long expiresAtMillis, Content content) {
        byte[] tail = RecordFormat.tail(content);
        return ByteBuffer.allocate(33 + tail.length)
                .putLong(version)
                .putLong(epoch)
                .putLong(expiresAtMillis)
                .putLong(-1)
                .put((byte) 'C')
                .put(tail)
                .array();
    }

    @Test
    void readsWhatWasWritten() {
        assertThat(RecordFormat.decode("k", stored(7, 3, 9, CONTENT), 3))
                .isEqualTo(new StoredRecord("k", 7, 9, CONTENT));
    }

    @Test
    void readsEmptyContent() {
        Content empty = new Content(new byte[0], "");

        assertThat(RecordFormat.decode("k", stored(7, 3, 0, empty), 3)).isEqualTo(new StoredRecord("k", 7, 0, empty));
    }

    @Test
    void recordOfAnotherEpochDoesNotExist() {
        assertThat(RecordFormat.decode("k", stored(7, 3, 0, CONTENT), 4)).isNull();
    }
}
