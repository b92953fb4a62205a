package io.holdfast.balancing.strategy;

import io.holdfast.balancing.signal.Signals;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Takes the better of two instances by the time that a request would probably take there: latency,
/// times the requests that are outstanding with it. After Finagle's `p2c_peak_ewma`.
///
/// The latency is an average that follows every peak at once, so an instance that becomes slow loses
/// its traffic with its first slow answer. It forgets a peak with a time constant of 10 s or of 20
/// answers, whichever is less: an instance that goes on answering fast did not become slow. It fades
/// while nothing new is heard, so an instance that was slow gets a single request again after a
/// while, and its full share only if that was fast.
///
/// An instance nobody knows the latency of gets one request at a time until its first answer.
/// Failures cannot make an instance look fast: they count as slow as what came before, and the share
/// of them multiplies its cost.
public final class PeakEwma implements Balancer {
    private static final double UNKNOWN = 1e12; // a thousand seconds: worse than anything known
    private static final String MEANING =
            "peak latency in ns × (outstanding + 1) × failure penalty ÷ weight; the lower of two wins";

    private final LongSupplier clock;
    private final RandomGenerator random;

    public PeakEwma(LongSupplier clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Picker over(Signals[] instances) {
        return new TwoChoices(instances, PeakEwma::cost, clock, random, MEANING);
    }

    private static double cost(Signals instance, long now) {
        int outstanding = instance.outstanding();
        double latency = instance.peakLatencyNanos(now);
        if (latency == 0) {
            return outstanding * UNKNOWN;
        }
        return latency * (outstanding + 1) * instance.failurePenalty(now) / instance.weight();
    }
}
