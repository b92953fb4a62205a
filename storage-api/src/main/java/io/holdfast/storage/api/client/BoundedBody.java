package io.holdfast.storage.api.client;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// Gathers the pieces of a body that may not grow beyond a limit.
final class BoundedBody {
    private static final int USUAL_BYTES = 1024;

    private final int limit;
    private byte[] bytes;
    private int length;

    /// @param announced the length that was announced; negative where none was
    BoundedBody(int limit, long announced) {
        this.limit = limit;
        check(announced);
        bytes = new byte[announced < 0 ? USUAL_BYTES : (int) announced];
    }

    void append(ByteBuf piece) {
        int added = piece.readableBytes();
        long needed = (long) length + added;
        check(needed);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(needed, 2L * bytes.length)));
        }
        piece.readBytes(bytes, length, added);
        length += added;
    }

    private void check(long size) {
        if (size > limit) {
            throw new TooLargeException();
        }
    }

    byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /// Ends the reading of an answer.
    static final class TooLargeException extends RuntimeException {
        TooLargeException() {
            super(null, null, false, false);
        }
    }
}
