package io.holdfast.app.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads a body line by line. A line ends with LF or CRLF, the last one also with the body. Of a
/// line that is too long only the length is kept, so the memory is bounded whatever comes. Not
/// thread-safe.
final class Lines {
    private static final int CHUNK = 32 * 1024;

    private final InputStream in;
    private final int longest;
    private final byte[] chunk = new byte[CHUNK];
    private int at;
    private int filled;
    private long bytesRead;

    private byte[] line = new byte[1024];
    private int kept;
    private long number;

    /// @param longest the most bytes of a line that are kept
    Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /// The next line, or null at the end.
    @Nullable
    Line next() throws IOException {
        kept = 0;
        long size = 0;
        boolean ended = false;
        while (!ended && (at < filled || fill())) {
            int end = endOfLine();
            keep(end - at);
            size += end - at;
            ended = end < filled;
            at = ended ? end + 1 : end;
        }
        if (!ended && size == 0) {
            return null;
        }
        number++;
        return finished(size);
    }

    /// Bytes read from the body so far.
    long bytesRead() {
        return bytesRead;
    }

    private Line finished(long size) {
        // One more byte than the longest line is kept: the CR that may follow it.
        boolean carriageReturn = kept == size && kept > 0 && line[kept - 1] == '\r';
        long length = carriageReturn ? size - 1 : size;
        byte[] bytes = length > longest ? new byte[0] : Arrays.copyOf(line, (int) length);
        if (line.length > CHUNK) {
            line = new byte[1024];
        }
        return new Line(number, bytes, length);
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(chunk));
        bytesRead += filled;
        return filled > 0;
    }

    private int endOfLine() {
        int end = at;
        while (end < filled && chunk[end] != '\n') {
            end++;
        }
        return end;
    }

    private void keep(int length) {
        int wanted = Math.min(length, longest + 1 - kept);
        if (kept + wanted > line.length) {
            line = Arrays.copyOf(line, Math.min(longest + 1, Math.max(2 * line.length, kept + wanted)));
        }
        System.arraycopy(chunk, at, line, kept, wanted);
        kept += wanted;
    }
}
