package io.holdfast.balancing.strategy;

import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Takes turns by weight, smoothly, without a lock and in constant time: the static stride scheduler
/// of gRPC's `weighted_round_robin` (gRFC A58), made fit for any weights.
///
/// A shared counter walks over the entries, generation by generation. An entry of weight w out of at
/// most M takes its turn in w of M generations: whenever the multiples of w pass a multiple of M,
/// `(w·generation + offset) mod M ≥ M − w`. That is smooth, as these generations are evenly apart,
/// and the offsets keep entries of the same weight from being due together. Two threads never get
/// the same turn.
///
/// Entries that are not due cost a step, so a pick takes M ÷ (mean weight) steps. gRPC cuts weights
/// to ten times the mean for that reason. Here an instance of more than the mean weight is split
/// into equal entries of at most the mean, spread evenly over the generation. That makes at most
/// twice as many entries as instances, and at most two steps on average, and no weight is cut.
/// (Nginx's smooth weighted round robin is smooth as well, but looks at all instances under a lock.)
final class Stride {
    private static final long MOST = 65_535;
    private static final long OFFSET = MOST / 2;

    private final int[] places;
    private final int[] weights;
    private final AtomicLong turn;

    /// @param turn goes on from one scheduler to the next
    Stride(double[] weights, AtomicLong turn) {
        Entry[] entries = entries(weights);
        double largest = 0;
        for (Entry entry : entries) {
            largest = Math.max(largest, entry.weight());
        }
        this.turn = turn;
        this.places = new int[entries.length];
        this.weights = new int[entries.length];
        for (int i = 0; i < entries.length; i++) {
            places[i] = entries[i].place();
            this.weights[i] = (int) Math.max(1, Math.round(entries[i].weight() / largest * MOST));
        }
    }

    private record Entry(int place, double weight, double position) {}

    private static Entry[] entries(double[] weights) {
        double mean = 0;
        for (double weight : weights) {
            mean += weight / weights.length;
        }
        double most = mean * (1 + 1e-9); // equal weights are not split by rounding
        return IntStream.range(0, weights.length)
                .boxed()
                .flatMap(place -> {
                    int parts = (int) Math.ceil(weights[place] / most);
                    return IntStream.range(0, parts)
                            .mapToObj(part -> new Entry(place, weights[place] / parts, (part + 0.5) / parts));
                })
                .sorted(Comparator.comparingDouble(Entry::position))
                .toArray(Entry[]::new);
    }

    int next() {
        while (true) {
            long now = turn.getAndIncrement();
            int entry = (int) Long.remainderUnsigned(now, places.length);
            long generation = Long.divideUnsigned(now, places.length) % MOST;
            int weight = weights[entry];
            if ((weight * generation + entry * OFFSET) % MOST >= MOST - weight) {
                return places[entry];
            }
        }
    }
}
