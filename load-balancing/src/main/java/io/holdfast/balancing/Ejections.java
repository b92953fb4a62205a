package io.holdfast.balancing;

import io.holdfast.balancing.ejection.Accusation;
import io.holdfast.balancing.ejection.Conduct;
import io.holdfast.balancing.ejection.EjectionRule;
import io.holdfast.balancing.ejection.OutlierDetection;
import io.holdfast.balancing.signal.ReceivedReport;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Takes instances of a service out, within the share that may be out, and offers those whose time
/// is over for their trial. The roster's lock guards all but [#takeTrial(boolean)].
final class Ejections {
    private static final double USUAL_PEAK = 0.99;

    private final EjectionRule rule;
    private final OutlierDetection outliers;
    private final Trials trials;

    Ejections(EjectionRule rule, LongSupplier clock) {
        this.rule = rule;
        outliers = new OutlierDetection(rule);
        trials = new Trials(clock);
    }

    void endPeriod(List<Instance> members) {
        outliers.endPeriod(conducts(members));
        members.forEach(each -> each.signals().peaksUpTo(each.conduct().latencyNanos(USUAL_PEAK)));
    }

    long latencyNanos(double quantile) {
        return outliers.latencyNanos(quantile);
    }

    /// @param period whether a period of observation has just ended
    void detect(List<Instance> members, boolean period, long now) {
        for (Instance suspect : members) {
            if (suspect.state().usable()) {
                atOnce(suspect, members, now);
                if (period) {
                    outliers.inThePeriod(suspect.conduct())
                            .ifPresent(accusation -> eject(suspect, accusation, members, now));
                }
            }
        }
        trials.offer(members, now);
    }

    void atOnce(Instance suspect, List<Instance> members, long now) {
        if (outliers.suspicious(suspect.conduct(), now)) {
            outliers.atOnce(suspect.conduct(), conducts(peersOf(suspect, members)), now)
                    .ifPresent(accusation -> eject(suspect, accusation, members, now));
        }
    }

    private static List<Instance> peersOf(Instance suspect, List<Instance> members) {
        return members.stream()
                .filter(each -> each != suspect && each.state().usable())
                .toList();
    }

    private static List<Conduct> conducts(List<Instance> instances) {
        return instances.stream().map(Instance::conduct).toList();
    }

    private void eject(Instance suspect, Accusation accusation, List<Instance> members, long now) {
        if (!suspect.ejection().out()
                && mayEjectOneMore(members, accusation)
                && !(accusation.ofSlowness() && noRoomWithout(suspect, members, now))) {
            suspect.ejection().eject(accusation, now);
            suspect.conduct().forget();
        }
    }

    /// Whether the others would have too much to do, as far as their reports tell.
    private boolean noRoomWithout(Instance suspect, List<Instance> members, long now) {
        double requests = 0;
        double capacity = 0;
        for (Instance each : members) {
            if (each.state().usable() || each == suspect) {
                ReceivedReport received = each.signals().report();
                if (received == null || !received.fresh(now) || received.capacity() == 0) {
                    return false;
                }
                requests += received.report().rps();
                capacity += each == suspect ? 0 : received.capacity();
            }
        }
        return requests > rule.mostPeerLoad() * capacity;
    }

    private boolean mayEjectOneMore(List<Instance> members, Accusation accusation) {
        long out = members.stream().filter(each -> each.ejection().out()).count();
        double allowed = rule.mostEjected() * members.size();
        if (accusation.ofSlowness() && out + 1 > Math.max(1, rule.mostSlow() * members.size())) {
            return false;
        }
        return allowed > 0 && members.size() > 1 && out + 1 <= Math.max(1, allowed);
    }

    @Nullable
    Instance takeTrial(boolean repeatable) {
        return trials.take(repeatable);
    }
}
