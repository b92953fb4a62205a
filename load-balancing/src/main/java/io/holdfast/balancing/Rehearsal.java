package io.holdfast.balancing;

import io.holdfast.balancing.signal.Signals;
import io.holdfast.balancing.strategy.Balancer;
import io.holdfast.balancing.strategy.Picker;
import io.holdfast.balancing.strategy.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Finds out what a strategy would do, on copies of all that picks change.
@SuppressWarnings("ArrayRecordComponent") // never compared
record Rehearsal(String service, Strategy strategy, List<Instance> instances, Signals[] copies, Picker picker) {
    /// @param balancer a fork, or a new one
    static Rehearsal of(
            String service,
            Strategy strategy,
            List<Instance> instances,
            Balancer balancer,
            AtomicInteger inFlight,
            long now) {
        Signals[] copies = instances.stream()
                .map(instance -> instance.signals().copy(inFlight, now))
                .toArray(Signals[]::new);
        return new Rehearsal(service, strategy, instances, copies, balancer.over(copies));
    }

    Explanation explain(int count) {
        double total = IntStream.range(0, copies.length)
                .mapToDouble(index -> copies[index].weight())
                .sum();
        List<Explanation.Candidate> candidates = IntStream.range(0, copies.length)
                .mapToObj(index -> candidate(index, total))
                .toList();
        List<String> picks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int picked = picker.pick(0);
            copies[picked].begun();
            picks.add(copies[picked].id());
        }
        return new Explanation(service, strategy, picks, candidates);
    }

    private Explanation.Candidate candidate(int index, double total) {
        Signals of = copies[index];
        Score score = picker.score(index);
        return new Explanation.Candidate(
                of.id(),
                instances.get(index).state(),
                of.configuredWeight(),
                of.weight() / total,
                score.value(),
                score.meaning());
    }
}
