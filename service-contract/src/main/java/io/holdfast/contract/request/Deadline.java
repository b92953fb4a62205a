package io.holdfast.contract.request;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The moment by which a request must be answered, on this process's monotonic clock. Between
/// processes it travels as the milliseconds that are left, as gRPC's `grpc-timeout` does, so clocks
/// need not agree.
public record Deadline(long nanoTime) {
    /// The request header that carries the remaining time, a whole number of milliseconds.
    public static final String HEADER = "Holdfast-Timeout-Millis";

    /// What a request may take when nobody said otherwise.
    public static final Duration DEFAULT = Duration.ofSeconds(10);

    /// No request may ask for more.
    public static final Duration LONGEST = Duration.ofMinutes(10);

    private static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /// The deadline a header asks for: the default where it is absent or garbage, and never more than
    /// [#LONGEST]. Zero is a deadline that has passed: the caller's time ran out on the way.
    public static Deadline parse(@Nullable String header) {
        return in(parsed(header));
    }

    private static Duration parsed(@Nullable String header) {
        if (header == null || header.isEmpty() || header.length() > 9) {
            return DEFAULT;
        }
        for (int i = 0; i < header.length(); i++) {
            if (header.charAt(i) < '0' || header.charAt(i) > '9') {
                return DEFAULT;
            }
        }
        Duration asked = Duration.ofMillis(Long.parseLong(header));
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }

    /// The deadline of the request this thread serves; outside a request, the default from now.
    public static Deadline current() {
        return CURRENT.isBound() ? CURRENT.get() : in(DEFAULT);
    }

    /// Runs a request under this deadline.
    public <T extends @Nullable Object, X extends Throwable> T call(ScopedValue.CallableOp<T, X> request) throws X {
        return ScopedValue.where(CURRENT, this).call(request);
    }

    /// What is left, never negative.
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    public boolean passed() {
        return nanoTime - System.nanoTime() <= 0;
    }

    /// The value of [#HEADER] for the next hop.
    public String header() {
        return Long.toString(remaining().toMillis());
    }

    /// Throws the problem a caller sees when the time is over.
    public void check() {
        if (passed()) {
            throw new ProblemException(
                    ProblemType.DEADLINE_EXCEEDED,
                    "The request was not finished within its time. It may have been applied; repeat it if it is safe to.");
        }
    }
}
