package io.holdfast.balancing.strategy;

import io.holdfast.balancing.signal.Signals;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Snapshots for tests, and what comes of picking from them.
final class Pools {
    private Pools() {}

    static Signals[] named(String... ids) {
        AtomicInteger inFlight = new AtomicInteger();
        return Arrays.stream(ids).map(id -> new Signals(id, inFlight)).toArray(Signals[]::new);
    }

    /// Instances `a`, `b`, … of these weights.
    static Signals[] weighted(double... weights) {
        Signals[] instances = numbered(weights.length);
        for (int i = 0; i < weights.length; i++) {
            instances[i].weigh(weights[i]);
        }
        return instances;
    }

    static Signals[] numbered(int count) {
        return named(IntStream.range(0, count)
                .mapToObj(i -> count <= 26 ? String.valueOf((char) ('a' + i)) : "i" + i)
                .toArray(String[]::new));
    }

    /// The instances picked: `a b c a`.
    static String picks(Picker picker, Signals[] instances, int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> instances[picker.pick(0)].id())
                .collect(Collectors.joining(" "));
    }

    static int[] counts(Picker picker, int count) {
        int[] counts = new int[picker.size()];
        for (int i = 0; i < count; i++) {
            counts[picker.pick(0)]++;
        }
        return counts;
    }

    /// How often each was picked by eight threads together.
    static int[] concurrentCounts(Picker picker, int perThread) {
        AtomicIntegerArray counts = new AtomicIntegerArray(picker.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int thread = 0; thread < 8; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < perThread; i++) {
                        counts.incrementAndGet(picker.pick(0));
                    }
                });
            }
        }
        return IntStream.range(0, counts.length()).map(counts::get).toArray();
    }
}
