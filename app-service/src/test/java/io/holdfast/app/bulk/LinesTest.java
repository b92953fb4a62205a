package io.holdfast.app.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static final int LONGEST = 10;

    @Test
    void endWithLfOrCrlfOrTheBody() throws IOException {
        assertThat(read("a\nb\r\n\r\n\nc\rd")).containsExactly("1:a", "2:b", "3:", "4:", "5:c\rd");
        assertThat(read("a\n")).containsExactly("1:a");
        assertThat(read("a\r")).containsExactly("1:a");
        assertThat(read("\n")).containsExactly("1:");
        assertThat(read("")).isEmpty();
    }

    @Test
    void keepOnlyTheLengthOfWhatIsTooLong() throws IOException {
        assertThat(read("0123456789\n0123456789\r\n0123456789x\n0123456789x\r\n" + "y".repeat(100_000) + "\nb"))
                .containsExactly("1:0123456789", "2:0123456789", "3:11 bytes", "4:12 bytes", "5:100000 bytes", "6:b");
    }

    @Test
    void knowWhichAreBlank() throws IOException {
        Lines lines = new Lines(new ByteArrayInputStream(" \t\n".getBytes(StandardCharsets.US_ASCII)), LONGEST);
        Line line = lines.next();
        assertThat(line).isNotNull();
        assertThat(line != null && line.isBlank()).isTrue();
        assertThat(new Line(1, new byte[0], 20).isBlank()).isFalse();
    }

    @Test
    void countWhatTheyRead() throws IOException {
        Lines lines = new Lines(new ByteArrayInputStream(new byte[100_000]), LONGEST);
        lines.next();
        assertThat(lines.bytesRead()).isEqualTo(100_000);
    }

    private static List<String> read(String body) throws IOException {
        Lines lines = new Lines(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), LONGEST);
        List<String> read = new ArrayList<>();
        for (Line line = lines.next(); line != null; line = lines.next()) {
            String text = line.size() > line.bytes().length
                    ? line.size() + " bytes"
                    : new String(line.bytes(), StandardCharsets.UTF_8);
            read.add(line.number() + ":" + text);
        }
        return read;
    }
}
