package io.holdfast.signals;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// This instance's load as an Open Request Cost Aggregation report in its text form, with the field
/// names of `xds.data.orca.v3.OrcaLoadReport`:
/// `TEXT cpu_utilization=0.31,mem_utilization=0.4,rps_fractional=812.0,eps=0.0`.
///
/// A report is made by the first request after the one before has become old, so an idle instance
/// does nothing, and all others share the finished text: for them it costs two counters. Thread-safe.
final class LoadReporter {
    private final ProcessLoad load;
    private final long intervalNanos;
    private final LongSupplier nanoClock;
    private final LongAdder requests = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final AtomicBoolean sampling = new AtomicBoolean();
    private volatile Sample latest;

    private record Sample(long nanos, long requests, long failures, String text) {}

    LoadReporter(ProcessLoad load, long intervalNanos, LongSupplier nanoClock) {
        this.load = load;
        this.intervalNanos = intervalNanos;
        this.nanoClock = nanoClock;
        this.latest = new Sample(nanoClock.getAsLong(), 0, 0, text(0, load.memory(), 0, 0));
        load.cpu(); // the first reading is where the second one begins
    }

    void requested() {
        requests.increment();
    }

    /// A request ended with a server's error.
    void failed() {
        failures.increment();
    }

    /// The value of the header.
    String report() {
        long now = nanoClock.getAsLong();
        if (now - latest.nanos() >= intervalNanos && sampling.compareAndSet(false, true)) {
            try {
                renew(now);
            } finally {
                sampling.set(false);
            }
        }
        return latest.text();
    }

    private void renew(long now) {
        Sample before = latest;
        double seconds = (now - before.nanos()) / 1e9;
        if (seconds * 1e9 < intervalNanos) {
            return; // somebody else was faster
        }
        long served = requests.sum();
        long failed = failures.sum();
        String text = text(
                load.cpu(),
                load.memory(),
                (served - before.requests()) / seconds,
                (failed - before.failures()) / seconds);
        latest = new Sample(now, served, failed, text);
    }

    private static String text(double cpu, double memory, double requests, double failures) {
        return "TEXT cpu_utilization=" + rounded(cpu) + ",mem_utilization=" + rounded(memory) + ",rps_fractional="
                + rounded(requests) + ",eps=" + rounded(failures);
    }

    /// To four decimals; never in the exponential notation that a reader might not take, as rates and
    /// shares lie below 10⁷.
    private static double rounded(double value) {
        double rounded = Math.round(Math.min(value, 9_999_999) * 10_000) / 10_000.0;
        return rounded < 0.001 ? 0 : rounded;
    }
}
