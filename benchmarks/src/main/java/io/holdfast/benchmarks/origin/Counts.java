package io.holdfast.benchmarks.origin;

/// What an origin has counted since its start.
///
/// @param requests requests that came in, control and readiness apart
/// @param failed those that were failed on purpose
/// @param refused those that found the queue full
/// @param abandoned those whose connection was gone before the answer
/// @param busyNanos time that slots were busy, summed over them
/// @param nanos when this was read, on the origin's own clock
public record Counts(
        long requests,
        long answered,
        long failed,
        long refused,
        long abandoned,
        int working,
        int waiting,
        int slots,
        long busyNanos,
        long nanos) {

    /// The share of its slots that an origin used since `earlier`, NaN where their number is not limited.
    public double utilisationSince(Counts earlier) {
        return slots == 0 ? Double.NaN : (double) (busyNanos - earlier.busyNanos) / slots / (nanos - earlier.nanos);
    }
}
