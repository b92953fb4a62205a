package io.holdfast.balancing;

import io.holdfast.balancing.signal.Signals;
import io.holdfast.balancing.strategy.Balancer;
import io.holdfast.balancing.strategy.Picker;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The instances to pick from, and what picks: made anew when something changes, and never altered.
///
/// @param instances none or more
/// @param panic whether some of them should not be used, because too few others are left
/// @param picker null where there is no instance
record Pool(
        Strategy strategy,
        Balancer balancer,
        List<Instance> instances,
        boolean panic,
        @Nullable Picker picker) {
    static Pool of(Strategy strategy, Balancer balancer, List<Instance> instances, boolean panic) {
        Signals[] signals = instances.stream().map(Instance::signals).toArray(Signals[]::new);
        return new Pool(strategy, balancer, instances, panic, signals.length == 0 ? null : balancer.over(signals));
    }

    /// Which instances there are to pick from.
    record Choice(List<Instance> instances, boolean panic) {
        static Choice of(List<Instance> members, double panicBelow) {
            List<Instance> usable = in(members, each -> each.state().usable());
            List<Instance> withEjected =
                    in(members, each -> each.state().usable() || each.state() == InstanceState.EJECTED);
            if (!usable.isEmpty() && usable.size() >= panicBelow * withEjected.size()) {
                return new Choice(usable, false);
            }
            return new Choice(withEjected.isEmpty() ? members : withEjected, !members.isEmpty());
        }

        private static List<Instance> in(List<Instance> members, Predicate<Instance> condition) {
            return members.stream().filter(condition).toList();
        }
    }

    Pool with(Choice choice) {
        return of(strategy, balancer, choice.instances(), choice.panic());
    }

    /// Whether what the picker was made from changes as time passes.
    boolean followsTime() {
        return balancer.followsReports()
                || instances.stream().anyMatch(each -> each.state() == InstanceState.SLOW_START);
    }

    @Nullable
    Instance pick(RequestKey key) {
        return picker == null ? null : instances.get(picker.pick(key.hash()));
    }

    /// Picks one that was not tried yet; null where all were.
    @Nullable
    Instance pick(RequestKey key, Collection<Instance> tried, RandomGenerator random) {
        BitSet places = new BitSet(instances.size());
        for (Instance each : tried) {
            int place = instances.indexOf(each);
            if (place >= 0) {
                places.set(place);
            }
        }
        return picker == null || places.cardinality() == instances.size()
                ? null
                : instances.get(picker.pick(key.hash(), places, random));
    }
}
