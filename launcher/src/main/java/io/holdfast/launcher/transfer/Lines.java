package io.holdfast.launcher.transfer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/// The lines of a text that is plain or gzip, which its first bytes tell. Lines end with LF or CR LF;
/// what is longer than the limit is cut off there, and so recognisable, without being kept in memory.
final class Lines implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;

    private final Counted raw;
    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private int position;
    private int filled;
    private long number;

    Lines(InputStream source, int longest) throws IOException {
        this.raw = new Counted(source);
        this.in = decompressed(new BufferedInputStream(raw, BUFFER));
        this.longest = longest;
    }

    private static InputStream decompressed(BufferedInputStream source) throws IOException {
        source.mark(2);
        int first = source.read();
        int second = source.read();
        source.reset();
        return first == MAGIC_1 && second == MAGIC_2 ? new GZIPInputStream(source, BUFFER) : source;
    }

    /// The next line without its end, empty at the end of the text.
    Optional<byte[]> next() throws IOException {
        line.reset();
        boolean any = false;
        while (fill()) {
            any = true;
            int end = lineEnd();
            append(position, end);
            boolean complete = end < filled;
            position = complete ? end + 1 : end;
            if (complete) {
                break;
            }
        }
        if (!any) {
            return Optional.empty();
        }
        number++;
        return Optional.of(withoutCarriageReturn(line.toByteArray()));
    }

    private boolean fill() throws IOException {
        if (position == filled) {
            position = 0;
            filled = Math.max(0, in.read(buffer));
        }
        return filled > 0;
    }

    private int lineEnd() {
        int end = position;
        while (end < filled && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    private void append(int from, int to) {
        int room = longest + 1 - line.size();
        line.write(buffer, from, Math.min(room, to - from));
    }

    private static byte[] withoutCarriageReturn(byte[] bytes) {
        return bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    /// The number of the line that was returned last, counted from 1.
    long number() {
        return number;
    }

    /// How far into the file the reading came, before decompression; may be asked from any thread.
    long bytesRead() {
        return raw.count.get();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static final class Counted extends FilterInputStream {
        private final AtomicLong count = new AtomicLong();

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count.addAndGet(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count.addAndGet(Math.max(0, read));
            return read;
        }
    }
}
