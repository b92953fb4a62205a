package io.holdfast.benchmarks.simulation;

import io.holdfast.balancing.signal.LoadReport;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.random.RandomGenerator;

/// A server with some slots and a queue before them, first come first served.
final class SimulatedInstance {
    static final long REPORT_NANOS = 100_000_000L;
    private static final long FAILURE_NANOS = 1_000_000L;
    private static final int WINDOW = 10;

    private final Kind kind;
    private final Timeline timeline;
    private final RandomGenerator random;
    private final Queue<Caller> waiting = new ArrayDeque<>();
    private final long[] busyBefore = new long[WINDOW];
    private final long[] answersBefore = new long[WINDOW];
    private int tick;
    private int busy;
    private long busyNanos;
    private long changedNanos;
    private long answers;
    private long measuredRequests;
    private long measureStart;
    private long measureStartBusy;
    private LoadReport report = LoadReport.of(0, 0, 0, 0);

    /// Who waits for an answer.
    interface Caller {
        void answered(boolean succeeded);

        /// Whether it has given up.
        boolean gone();
    }

    SimulatedInstance(Kind kind, Timeline timeline, RandomGenerator random) {
        this.kind = kind;
        this.timeline = timeline;
        this.random = random;
        timeline.every(REPORT_NANOS, this::makeReport);
    }

    Kind kind() {
        return kind;
    }

    void serve(Caller caller) {
        measuredRequests++;
        if (kind.failsFast()) {
            timeline.after(FAILURE_NANOS, () -> caller.answered(false));
        } else if (busy < kind.slots()) {
            work(caller);
        } else {
            waiting.add(caller);
        }
    }

    private void work(Caller caller) {
        advance();
        busy++;
        timeline.after((long) (kind.meanNanos() * random.nextExponential()), () -> {
            advance();
            busy--;
            answers++;
            startWaiting();
            caller.answered(true);
        });
    }

    /// What nobody waits for any more is dropped unless it was begun.
    private void startWaiting() {
        for (Caller next = waiting.poll(); next != null; next = waiting.poll()) {
            if (!next.gone()) {
                work(next);
                return;
            }
        }
    }

    private void advance() {
        busyNanos += busy * (timeline.now() - changedNanos);
        changedNanos = timeline.now();
    }

    private void makeReport() {
        advance();
        int place = tick++ % WINDOW;
        double seconds = (double) REPORT_NANOS * WINDOW / 1e9;
        double utilisation = (busyNanos - busyBefore[place]) / 1e9 / seconds / kind.slots();
        report = LoadReport.of(utilisation, 0, (answers - answersBefore[place]) / seconds, 0);
        busyBefore[place] = busyNanos;
        answersBefore[place] = answers;
    }

    /// What it says of its last second.
    LoadReport report() {
        return report;
    }

    /// Counts from now on.
    void startMeasuring() {
        advance();
        measureStart = timeline.now();
        measureStartBusy = busyNanos;
        measuredRequests = 0;
    }

    long measuredRequests() {
        return measuredRequests;
    }

    /// The share of its slots that was used since measuring began.
    double utilisation() {
        advance();
        return (double) (busyNanos - measureStartBusy) / kind.slots() / (timeline.now() - measureStart);
    }
}
