package io.holdfast.balancing.strategy;

import io.holdfast.balancing.signal.Signals;
import java.util.Arrays;
import java.util.Locale;

/// What strategies say about instances, and what several of them compute.
final class Scores {
    private Scores() {}

    static double[] weights(Signals[] instances) {
        return Arrays.stream(instances).mapToDouble(Signals::weight).toArray();
    }

    static double[] ramps(Signals[] instances) {
        return Arrays.stream(instances).mapToDouble(Signals::ramp).toArray();
    }

    static boolean equal(double[] weights) {
        for (double weight : weights) {
            if (weight != weights[0]) {
                return false;
            }
        }
        return true;
    }

    /// In the same form in every country.
    ///
    /// @param meaning with one place for `number`
    static Score of(double value, String meaning, double number) {
        return new Score(value, String.format(Locale.ROOT, meaning, number));
    }
}
