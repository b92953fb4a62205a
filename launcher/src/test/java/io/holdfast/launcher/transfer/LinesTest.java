package io.holdfast.launcher.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void readsPlainTextWithEitherLineEndAndWithoutTheLast() throws IOException {
        assertThat(read(bytes("one\r\n\ntwo\nthree"), 100)).containsExactly("one", "", "two", "three");
        assertThat(read(bytes("one\n"), 100)).containsExactly("one");
        assertThat(read(bytes(""), 100)).isEmpty();
    }

    @Test
    void recognisesGzipByItsFirstBytes() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes("one\ntwo\n"));
        }
        assertThat(read(compressed.toByteArray(), 100)).containsExactly("one", "two");
    }

    @Test
    void cutsOffWhatIsTooLong() throws IOException {
        assertThat(read(bytes("0123456789\nab\n"), 4)).containsExactly("01234", "ab");
    }

    @Test
    void readsLinesLongerThanItsBuffer() throws IOException {
        String line = "x".repeat(200_000);
        assertThat(read(bytes(line + "\n" + line), 300_000)).containsExactly(line, line);
    }

    private static List<String> read(byte[] text, int longest) throws IOException {
        List<String> read = new ArrayList<>();
        try (Lines lines = new Lines(new ByteArrayInputStream(text), longest)) {
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                read.add(new String(line.get(), StandardCharsets.UTF_8));
                assertThat(lines.number()).isEqualTo(read.size());
            }
        }
        return read;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
