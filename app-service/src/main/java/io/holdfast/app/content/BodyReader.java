package io.holdfast.app.content;

import io.holdfast.app.admission.MemoryBudget;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Reads request bodies of bounded size. Thread-safe.
public final class BodyReader {
    /// Beside the body itself there is the message to the storage, and its growth.
    private static final int COPIES = 3;

    private final MemoryBudget memory;

    public BodyReader(MemoryBudget memory) {
        this.memory = memory;
    }

    /// Reads the body whole. Of one that is too large, no more is read than shows that.
    ///
    /// @param most how many bytes it may have
    /// @throws ProblemException where it has more
    /// @throws IOException where it ends too early
    public Body read(HttpServletRequest request, int most) throws IOException {
        long announced = request.getContentLengthLong();
        if (announced > most) {
            throw tooLarge(most, "this one has %,d".formatted(announced));
        }
        return announced < 0 ? readToEnd(request.getInputStream(), most) : readExactly(request, (int) announced);
    }

    private Body readExactly(HttpServletRequest request, int length) throws IOException {
        MemoryBudget.Lease lease = memory.reserve((long) COPIES * length);
        try {
            byte[] bytes = request.getInputStream().readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("%d of %d bytes came".formatted(bytes.length, length));
            }
            return new Body(bytes, lease);
        } catch (IOException | RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /// A body that does not say its size is taken for a small one until it proves otherwise.
    private Body readToEnd(InputStream in, int most) throws IOException {
        int small = Math.min(most, MemoryBudget.UNCOUNTED / COPIES);
        byte[] start = in.readNBytes(small + 1);
        if (start.length <= small) {
            return new Body(start, memory.reserve((long) COPIES * start.length));
        }
        MemoryBudget.Lease lease = memory.reserve((long) COPIES * most);
        try {
            byte[] rest = in.readNBytes(most + 1 - start.length);
            if (start.length + rest.length > most) {
                throw tooLarge(most, "this one has more");
            }
            byte[] bytes = Arrays.copyOf(start, start.length + rest.length);
            System.arraycopy(rest, 0, bytes, start.length, rest.length);
            return new Body(bytes, lease);
        } catch (IOException | RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    private static ProblemException tooLarge(int most, String size) {
        return new ProblemException(
                ProblemType.BODY_TOO_LARGE, "A body may have at most %,d bytes here; %s.".formatted(most, size));
    }
}
