package io.holdfast.balancing.ejection;

import io.holdfast.balancing.signal.LatencyHistogram;
import java.util.List;
import java.util.Optional;

/// Finds the instances that do worse than their peers. Averages over the peers leave the suspect
/// out, so that two instances are enough to tell which one is bad. (Envoy's detection computes one
/// mean and deviation over all hosts, to which an outlier contributes, and asks for five.)
///
/// Not thread-safe, but for the counting in [Conduct].
public final class OutlierDetection {
    private static final int FEW_UNANSWERED = 3;
    private static final long LEAST_EXCESS_NANOS = 5_000_000;
    private static final float KEPT = 0.9f;

    private final EjectionRule rule;
    private final float[] poolLatencies = new float[LatencyHistogram.BUCKETS];

    private double requests;
    private double failures;

    public OutlierDetection(EjectionRule rule) {
        this.rule = rule;
    }

    /// Ends a period of observation, a second or so.
    public void endPeriod(List<Conduct> all) {
        float[] fresh = new float[LatencyHistogram.BUCKETS];
        int count = all.stream().mapToInt(conduct -> conduct.drainTo(fresh)).sum();
        all.forEach(conduct -> conduct.endPeriod(fresh, count));
        for (int bucket = 0; bucket < poolLatencies.length; bucket++) {
            poolLatencies[bucket] = poolLatencies[bucket] * KEPT + fresh[bucket];
        }
        requests = all.stream().mapToDouble(Conduct::recentRequests).sum();
        failures = all.stream().mapToDouble(Conduct::recentFailures).sum();
    }

    /// Of all instances' latencies, the last ten seconds counting most; 0 where nothing is known.
    public long latencyNanos(double quantile) {
        return LatencyHistogram.quantile(poolLatencies, quantile);
    }

    /// Whether a closer look is worth its cost.
    public boolean suspicious(Conduct conduct, long nowNanos) {
        return conduct.consecutiveFailures() >= rule.consecutiveFailures()
                || (conduct.unanswered() >= FEW_UNANSWERED
                        && nowNanos - conduct.quietSinceNanos()
                                >= rule.stalled().toNanos());
    }

    /// What can be seen at any moment: failures in a row, and silence.
    public Optional<Accusation> atOnce(Conduct suspect, List<Conduct> peers, long nowNanos) {
        return consecutiveFailures(suspect, peers).or(() -> stalled(suspect, peers, nowNanos));
    }

    /// What can be seen at the end of a period: a share of failures, and a median.
    public Optional<Accusation> inThePeriod(Conduct suspect) {
        return failureShare(suspect).or(() -> slow(suspect));
    }

    private Optional<Accusation> consecutiveFailures(Conduct suspect, List<Conduct> peers) {
        int failures = suspect.consecutiveFailures();
        int few = (rule.consecutiveFailures() + 1) / 2;
        return failures >= rule.consecutiveFailures()
                        && peers.stream().anyMatch(peer -> peer.consecutiveFailures() < few)
                ? Optional.of(Accusation.of("%d requests in a row failed".formatted(failures)))
                : Optional.empty();
    }

    /// A process that hangs or was stopped keeps its connections and answers nothing. Waiting for
    /// time-outs takes seconds; that several requests wait while peers went on answering is known
    /// sooner. Long requests are told apart by what is usual here.
    private Optional<Accusation> stalled(Conduct suspect, List<Conduct> peers, long nowNanos) {
        long quiet = nowNanos - suspect.quietSinceNanos();
        long usual = 2 * latencyNanos(0.99);
        if (suspect.unanswered() < FEW_UNANSWERED
                || quiet < Math.max(rule.stalled().toNanos(), usual)) {
            return Optional.empty();
        }
        boolean peersAnswer =
                peers.stream().anyMatch(peer -> peer.quietSinceNanos() - suspect.quietSinceNanos() > quiet / 2);
        return peersAnswer
                ? Optional.of(Accusation.of("no answer to %d requests for %d ms while others answered"
                        .formatted(suspect.unanswered(), quiet / 1_000_000)))
                : Optional.empty();
    }

    private Optional<Accusation> failureShare(Conduct suspect) {
        double peersRequests = requests - suspect.recentRequests();
        if (suspect.recentRequests() < rule.minimumRequests() || peersRequests < rule.minimumRequests()) {
            return Optional.empty();
        }
        double share = suspect.recentFailures() / suspect.recentRequests();
        double usual = (failures - suspect.recentFailures()) / peersRequests;
        return share - usual > rule.failureShare()
                ? Optional.of(Accusation.of("%.0f %% of its requests failed, and %.0f %% of its peers'"
                        .formatted(share * 100, usual * 100)))
                : Optional.empty();
    }

    private Optional<Accusation> slow(Conduct suspect) {
        if (Math.min(suspect.recentLatencyCount(), suspect.recentOfPeersCount()) < rule.minimumRequests()) {
            return Optional.empty();
        }
        long usual = suspect.medianOfPeersNanos();
        long allowed = Math.max((long) (usual * rule.timesSlower()), usual + LEAST_EXCESS_NANOS);
        return suspect.medianNanos() > allowed
                ? Optional.of(new Accusation(
                        "its median latency is %.1f ms, and its peers' %.1f ms"
                                .formatted(suspect.medianNanos() / 1e6, usual / 1e6),
                        allowed))
                : Optional.empty();
    }
}
