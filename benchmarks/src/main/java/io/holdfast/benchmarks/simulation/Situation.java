package io.holdfast.benchmarks.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// What kinds of instances there are. The load is a share of what the good ones can do together.
enum Situation {
    HEALTHY(0.7),

    /// One in ten, and at least one, is ten times slower.
    SLOW(0.6),

    /// One in ten, and at least one, fails in 1 ms.
    FAILING(0.6),

    /// A third each can do 1, 2 and 4 parts.
    UNEQUAL(0.7);

    private final double load;

    Situation(double load) {
        this.load = load;
    }

    List<Kind> kinds(int instances) {
        int odd = Math.max(1, instances / 10);
        return switch (this) {
            case HEALTHY -> Collections.nCopies(instances, Kind.ordinary());
            case SLOW -> mixed(Kind.slow(), odd, instances);
            case FAILING -> mixed(Kind.failing(), odd, instances);
            case UNEQUAL ->
                IntStream.range(0, instances)
                        .mapToObj(i -> Kind.withSlots(1 << i % 3))
                        .toList();
        };
    }

    private static List<Kind> mixed(Kind kind, int count, int instances) {
        List<Kind> kinds = new ArrayList<>(Collections.nCopies(count, kind));
        kinds.addAll(Collections.nCopies(instances - count, Kind.ordinary()));
        return List.copyOf(kinds);
    }

    /// Requests a second.
    double rate(List<Kind> kinds) {
        return load
                * kinds.stream()
                        .filter(kind -> !kind.failsFast())
                        .mapToDouble(Kind::capacity)
                        .sum();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
