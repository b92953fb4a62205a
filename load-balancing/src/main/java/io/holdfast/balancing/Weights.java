package io.holdfast.balancing;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The configured weights of instances.
final class Weights {
    private static final double MOST = 1e6;

    private Weights() {}

    static void check(URI uri, double weight) {
        if (!(weight > 0 && weight <= MOST)) {
            throw new IllegalArgumentException(
                    "The weight of %s is %s. It has to be a number above 0, at most %.0f; to take an instance out, remove it."
                            .formatted(uri, weight, MOST));
        }
    }

    static List<Instance> apply(Map<URI, Double> weights, Function<URI, Instance> known) {
        List<Instance> instances = new ArrayList<>(weights.size());
        weights.forEach((uri, weight) -> {
            Instance instance = known.apply(uri);
            instance.signals().weigh(weight);
            instances.add(instance);
        });
        return List.copyOf(instances);
    }
}
