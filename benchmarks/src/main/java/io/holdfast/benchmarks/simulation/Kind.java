package io.holdfast.benchmarks.simulation;

/// A kind of simulated instance.
///
/// @param meanNanos of its service time, which is exponential
/// @param failsFast whether it answers everything with a failure after 1 ms, without working
record Kind(String name, int slots, double meanNanos, boolean failsFast) {
    private static final double MILLI = 1e6;

    static Kind ordinary() {
        return new Kind("ordinary", 4, 20 * MILLI, false);
    }

    static Kind slow() {
        return new Kind("slow", 4, 200 * MILLI, false);
    }

    static Kind failing() {
        return new Kind("failing", 4, 20 * MILLI, true);
    }

    static Kind withSlots(int slots) {
        return new Kind("capacity " + slots, slots, 20 * MILLI, false);
    }

    /// Requests a second.
    double capacity() {
        return slots * 1e9 / meanNanos;
    }
}
