package io.holdfast.balancing.signal;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What a strategy may know of one instance: what its caller counts, what the instance reports, and
/// how much of the traffic it should get. Thread-safe; no reader waits for a writer.
public final class Signals {
    private static final long MEMORY_NANOS = 10_000_000_000L;
    private static final double FAILURE_STEP = 0.1;
    private static final double PEAK_STEP = 0.05;
    private static final int UNUSUAL_FADES_FASTER = 10;
    private static final double FAILURE_PENALTY = 99;

    private final String id;
    private final AtomicInteger poolInFlight;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder requests = new LongAdder();
    private final DecayingValue latency = new DecayingValue(MEMORY_NANOS);
    private final DecayingValue peakLatency = new DecayingValue(MEMORY_NANOS);
    private final DecayingValue failureShare = new DecayingValue(MEMORY_NANOS);
    private volatile float usualPeak;
    private volatile double weight = 1;
    private volatile double ramp = 1;
    private volatile @Nullable ReceivedReport report;

    /// @param id its name, by which a consistent hash places it
    /// @param poolInFlight counts the requests of all instances of the service together
    public Signals(String id, AtomicInteger poolInFlight) {
        this.id = id;
        this.poolInFlight = poolInFlight;
    }

    /// The same figures as now, which go their own way from here: for what-if questions.
    public Signals copy(AtomicInteger poolInFlight, long nowNanos) {
        Signals copy = new Signals(id, poolInFlight);
        copy.inFlight.set(inFlight());
        copy.connections.set(connections());
        copy.latency.add(latency.value(), nowNanos, (_, _, sample) -> (float) sample);
        copy.peakLatency.add(peakLatency.decayed(nowNanos), nowNanos, (_, _, sample) -> (float) sample);
        copy.failureShare.add(failureShare.decayed(nowNanos), nowNanos, (_, _, sample) -> (float) sample);
        copy.usualPeak = usualPeak;
        copy.weight = weight;
        copy.ramp = ramp;
        copy.report = report;
        poolInFlight.addAndGet(copy.outstanding());
        return copy;
    }

    public String id() {
        return id;
    }

    public void begun() {
        inFlight.incrementAndGet();
        poolInFlight.incrementAndGet();
        requests.increment();
    }

    /// A request that had begun is over, whatever came of it.
    public void ended() {
        inFlight.decrementAndGet();
        poolInFlight.decrementAndGet();
    }

    /// A request in flight became a connection that stays, such as a WebSocket.
    public void connected() {
        inFlight.decrementAndGet();
        connections.incrementAndGet();
    }

    public void disconnected() {
        connections.decrementAndGet();
        poolInFlight.decrementAndGet();
    }

    /// An answer that was none of its failures came after this long.
    public void answered(long elapsedNanos, long nowNanos) {
        addLatency((float) elapsedNanos, nowNanos);
        failureShare.add(0, nowNanos, Signals::fadingStep);
    }

    /// A request failed. However fast that was, it does not make the instance look fast: it counts
    /// as slow as the instance is held to be.
    public void failed(long elapsedNanos, long nowNanos) {
        addLatency(Math.max((float) elapsedNanos, latencyNanos()), nowNanos);
        failureShare.add(1, nowNanos, Signals::fadingStep);
    }

    /// A new beginning: what was slow or failed before says nothing any more.
    public void forget() {
        latency.clear();
        usualPeak = 0;
        peakLatency.clear();
        failureShare.clear();
    }

    private void addLatency(double elapsedNanos, long nowNanos) {
        latency.add(elapsedNanos, nowNanos, Signals::average);
        peakLatency.add(elapsedNanos, nowNanos, Signals::peakAverage);
    }

    private static float average(float value, double kept, double sample) {
        double old = Math.min(kept, 1 - FAILURE_STEP); // so that few requests suffice, too
        return value < 0 ? (float) sample : (float) (value * old + sample * (1 - old));
    }

    /// As Finagle's Peak EWMA, up at once and down slowly; but each answer weighs something, however
    /// many there are. By time alone, one pause of the caller would make all instances look alike for
    /// many seconds, slow ones included.
    private static float peakAverage(float value, double kept, double sample) {
        double old = Math.min(kept, 1 - PEAK_STEP);
        return sample > value ? (float) sample : (float) (value * old + sample * (1 - old));
    }

    private static float fadingStep(float value, double kept, double sample) {
        double old = Math.max(0, value) * kept;
        return (float) (old + FAILURE_STEP * (sample - old));
    }

    /// The instance reported its load. Of two reports at the same moment one may be lost, which the next makes good.
    public void report(LoadReport next, long nowNanos) {
        report = ReceivedReport.of(next, nowNanos, report);
    }

    public @Nullable ReceivedReport report() {
        return report;
    }

    /// Requests that wait for the end of their answer.
    public int inFlight() {
        return inFlight.get();
    }

    public int connections() {
        return connections.get();
    }

    /// What keeps it busy as far as the caller knows: requests in flight, and connections.
    public int outstanding() {
        return inFlight.get() + connections.get();
    }

    public long requests() {
        return requests.sum();
    }

    /// A moving average; 0 where nothing is known.
    public float latencyNanos() {
        return Math.max(0, latency.value());
    }

    /// Of its recent answers, 99 % did not take longer than this; 0 where too little is known.
    public void peaksUpTo(long nanos) {
        usualPeak = nanos;
    }

    /// The peak-sensitive average, which fades while nothing new is heard, so that an instance that
    /// was slow is tried again; 0 where nothing is known. What of a peak is above the usual ones fades
    /// in a second: one that lasts becomes usual, and any other would leave the instance without
    /// requests for half a minute.
    public float peakLatencyNanos(long nowNanos) {
        float peak = Math.max(0, peakLatency.decayed(nowNanos));
        float usual = usualPeak;
        return usual == 0 || peak <= usual
                ? peak
                : Math.max(usual, peakLatency.decayed(nowNanos, UNUSUAL_FADES_FASTER));
    }

    /// The moving average, fading while nothing new is heard; 0 where nothing is known.
    public float fadingLatencyNanos(long nowNanos) {
        return Math.max(0, latency.decayed(nowNanos));
    }

    /// The requests that it has in progress from all its callers, as it reported within the last
    /// second or so; 0 where it did not.
    public double reportedInFlight(long nowNanos) {
        ReceivedReport received = report;
        return received == null ? 0 : received.inFlight(nowNanos);
    }

    /// The share of its last requests that failed: each one counts for a tenth, and time forgets.
    public double failureShare(long nowNanos) {
        return Math.max(0, failureShare.decayed(nowNanos));
    }

    /// By how much its load has to be multiplied in a comparison, so that failing does not look like
    /// being idle: 1 without failures, 100 where all fail. It grows with the square, as single
    /// failures say little: 2 % cost 4 %.
    public double failurePenalty(long nowNanos) {
        double share = failureShare(nowNanos);
        return 1 + FAILURE_PENALTY * share * share;
    }

    /// The share of traffic it should get beside the others: configured, and reduced during its slow
    /// start.
    public double weight() {
        return weight * ramp;
    }

    public double configuredWeight() {
        return weight;
    }

    /// How far its slow start has come: 1 at the end.
    public double ramp() {
        return ramp;
    }

    public void weigh(double configured) {
        weight = configured;
    }

    public void ramp(double share) {
        ramp = share;
    }
}
