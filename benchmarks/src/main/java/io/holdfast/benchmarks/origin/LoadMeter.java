package io.holdfast.benchmarks.origin;

import java.util.Arrays;
import java.util.Locale;

/// Makes the report of an origin's load over the last second, in the TEXT form of Open Request Cost
/// Aggregation (names as in `xds.data.orca.v3.OrcaLoadReport`). Belongs to one thread.
final class LoadMeter {
    static final int TICKS_PER_SECOND = 10;

    private final Counts[] window;
    private int position;
    private String report = "";

    LoadMeter(Counts now) {
        window = new Counts[TICKS_PER_SECOND];
        Arrays.fill(window, now);
    }

    /// Takes the counts of now; those of a second ago leave.
    void tick(Counts now) {
        Counts before = window[position];
        window[position] = now;
        position = (position + 1) % window.length;
        double seconds = (now.nanos() - before.nanos()) / 1e9;
        report = now.slots() == 0 || seconds <= 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "TEXT cpu_utilization=%.4f,mem_utilization=0,rps_fractional=%.1f,eps=%.1f",
                        now.utilisationSince(before),
                        (now.answered() - before.answered() + now.failed() - before.failed()) / seconds,
                        (now.failed() - before.failed()) / seconds);
    }

    /// Empty where the number of slots is not limited, as there is no utilisation then.
    String report() {
        return report;
    }
}
