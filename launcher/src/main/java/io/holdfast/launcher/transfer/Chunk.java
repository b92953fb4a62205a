package io.holdfast.launcher.transfer;

import java.io.ByteArrayOutputStream;
import java.util.List;

/// Lines that travel in one request.
///
/// @param index the place among the chunks, counted from 0
/// @param lastLine the number of the last line that is read once this chunk is written; blank lines and
///     lines that cannot be sent count, so it may lie beyond the chunk's own
record Chunk(int index, List<Line> lines, long lastLine) {

    static final class Line {
        private final long number;
        private final byte[] text;

        /// @param number in the file, counted from 1
        Line(long number, byte[] text) {
            this.number = number;
            this.text = text;
        }

        long number() {
            return number;
        }
    }

    byte[] body() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Line line : lines) {
            body.writeBytes(line.text);
            body.write('\n');
        }
        return body.toByteArray();
    }
}
