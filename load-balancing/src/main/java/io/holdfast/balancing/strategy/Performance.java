package io.holdfast.balancing.strategy;

import io.holdfast.balancing.signal.ReceivedReport;
import io.holdfast.balancing.signal.Signals;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Turns by what the instances report they can do: gRPC's client-side weighted round robin (gRFC
/// A58), with its formula and its timers.
///
/// An instance that serves r requests a second at utilisation u could serve r ÷ u when full. That is
/// its weight, whatever its share is now, so weights settle as soon as the reports are right. Errors
/// are added to the utilisation: weight = r ÷ (u + errors ÷ r). Reports count after 10 s of them, for
/// 3 min. An instance without gets the mean weight of the others. Fewer than two make no comparison,
/// and all take equal turns.
///
/// Beyond A58, r and u are averages over some seconds of reports ([ReceivedReport#capacity()]), so that an
/// instance with few requests, as after an ejection, is not taken for an able one. And the caller's own view
/// of failures reduces the weight to the share of successes, squared: an instance that fails at once reports
/// many requests at little load.
public final class Performance implements Balancer {
    private final LongSupplier clock;
    private final AtomicLong turn;

    public Performance(LongSupplier clock) {
        this(clock, 0);
    }

    private Performance(LongSupplier clock, long start) {
        this.clock = clock;
        turn = new AtomicLong(start);
    }

    @Override
    public Picker over(Signals[] instances) {
        long now = clock.getAsLong();
        double[] weights = Arrays.stream(instances)
                .mapToDouble(instance -> weight(instance, now))
                .toArray();
        double[] known = Arrays.stream(weights).filter(weight -> weight > 0).toArray();
        double mean = known.length < 2 ? 1 : Arrays.stream(known).average().orElse(1);
        double[] used = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            boolean reported = known.length >= 2 && weights[i] > 0;
            used[i] = (reported ? weights[i] : mean) * instances[i].ramp();
        }
        String meaning = known.length < 2
                ? "equal turns: fewer than two instances have reported for 10 s"
                : "turns by requests/s ÷ (utilisation + errors); the mean where not reported";
        return new Turns(used, new Stride(used, turn), meaning);
    }

    private static double weight(Signals instance, long now) {
        ReceivedReport received = instance.report();
        if (received == null || !received.usable(now)) {
            return 0;
        }
        double success = 1 - instance.failureShare(now);
        return received.capacity() * success * success;
    }

    @Override
    public boolean followsReports() {
        return true;
    }

    @Override
    public Balancer fork(AtomicInteger inFlight) {
        return new Performance(clock, turn.get());
    }
}
