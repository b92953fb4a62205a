package io.holdfast.launcher.process;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Keeps one process running for as long as it is wanted: starts it, watches whether it is ready, and
/// starts it again when it dies. One virtual thread does that; the other methods may be called from
/// anywhere.
public final class SupervisedProcess {
    private static final Duration PROBE_READY = Duration.ofSeconds(2);

    private final ProcessPlan plan;
    private final BackOff backOff;
    private final ProcessEvents events;
    private final BoundedLog log;

    private ProcessState state = ProcessState.STOPPED;
    private boolean wanted;
    private int deaths;
    private long readySinceNanos;
    private @Nullable Process process;
    private @Nullable Thread keeper;
    private boolean betweenRuns;

    public SupervisedProcess(ProcessPlan plan, BackOff backOff, ProcessEvents events) {
        this.plan = plan;
        this.backOff = backOff;
        this.events = events;
        this.log = new BoundedLog(plan.log());
    }

    public ProcessPlan plan() {
        return plan;
    }

    public BoundedLog log() {
        return log;
    }

    public synchronized ProcessState state() {
        return state;
    }

    /// How often in a row it died without having been ready for long.
    public synchronized int deaths() {
        return deaths;
    }

    public synchronized Optional<ProcessHandle> handle() {
        return Optional.ofNullable(process).map(Process::toHandle);
    }

    /// Wants it to run. Does not wait for it. One that waits for its next start is started at once.
    public synchronized void start() {
        deaths = 0;
        wanted = true;
        if (keeper == null) {
            state = ProcessState.STARTING;
            keeper = Thread.ofVirtual().name("keeper-" + plan.name()).start(this::keep);
        }
        notifyAll();
    }

    /// Ends it gracefully, by force once the grace is over, and waits for that. It stays stopped.
    public void stop() throws InterruptedException {
        Process running;
        synchronized (this) {
            wanted = false;
            running = process;
            state = keeper == null ? ProcessState.STOPPED : ProcessState.STOPPING;
            if (betweenRuns && keeper != null) {
                keeper.interrupt(); // whatever it waits for there, perhaps for a server that does not answer
            }
            notifyAll();
        }
        if (running != null) {
            running.destroy();
            if (!running.waitFor(plan.grace().toMillis(), TimeUnit.MILLISECONDS)) {
                events.stubborn(this);
                running.destroyForcibly();
            }
        }
        synchronized (this) {
            while (state != ProcessState.STOPPED && !wanted) {
                wait();
            }
        }
    }

    /// Ends it at once (SIGKILL), as a crash would; it is started again. False if it does not run.
    public synchronized boolean kill() {
        if (process == null) {
            return false;
        }
        process.destroyForcibly();
        return true;
    }

    private void keep() {
        try {
            while (true) {
                Optional<Process> running = launch();
                if (running.isPresent()) {
                    watch(running.get());
                }
                if (!awaitNextStart(running)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Process> launch() {
        Process started;
        synchronized (this) {
            if (!wanted) {
                return Optional.empty();
            }
            try {
                started = spawn();
            } catch (IOException e) {
                events.unstartable(this, e);
                return Optional.empty();
            }
            process = started;
            state = ProcessState.STARTING;
        }
        events.changed(this);
        return Optional.of(started);
    }

    private Process spawn() throws IOException {
        log.keepBounded();
        ProcessBuilder builder = new ProcessBuilder(plan.command())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log().toFile()));
        builder.environment().putAll(plan.environment());
        return builder.start();
    }

    /// Returns when the process has ended.
    private void watch(Process running) throws InterruptedException {
        long since = System.nanoTime();
        Duration pause = ProbePace.DEFAULT.pause(Duration.ZERO);
        while (!running.waitFor(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            boolean ready = plan.readiness().isReady();
            observe(ready);
            pause = ready ? PROBE_READY : ProbePace.DEFAULT.pause(Duration.ofNanos(System.nanoTime() - since));
            try {
                log.keepBounded();
            } catch (IOException e) {
                events.logUnbounded(this, e);
            }
        }
    }

    private void observe(boolean ready) {
        ProcessState before;
        ProcessState after;
        synchronized (this) {
            before = state;
            state = switch (before) {
                case STARTING, UNREADY, READY -> ready ? ProcessState.READY : notReady(before);
                case STOPPED, RESTARTING, STOPPING -> before;
            };
            after = state;
            if (after == ProcessState.READY && before != ProcessState.READY) {
                readySinceNanos = System.nanoTime();
            }
            if (after == ProcessState.READY
                    && System.nanoTime() - readySinceNanos > backOff.stable().toNanos()) {
                deaths = 0;
            }
        }
        if (before != after) {
            events.changed(this);
        }
    }

    private static ProcessState notReady(ProcessState before) {
        return before == ProcessState.STARTING ? before : ProcessState.UNREADY;
    }

    /// False if the process is not wanted any more.
    private boolean awaitNextStart(Optional<Process> ended) throws InterruptedException {
        Duration delay;
        synchronized (this) {
            process = null;
            if (wanted) {
                deaths++;
                state = ProcessState.RESTARTING;
            }
            delay = backOff.delay(Math.max(1, deaths));
        }
        ended.filter(_ -> state() == ProcessState.RESTARTING)
                .ifPresent(dead -> events.died(this, dead.pid(), dead.exitValue(), delay));
        if (ended.isPresent()) {
            prepareNextStart();
        }
        boolean again = awaitDelay(delay);
        events.changed(this);
        return again;
    }

    /// Is cut short by a stop.
    private void prepareNextStart() {
        synchronized (this) {
            betweenRuns = wanted;
            if (!wanted) {
                return;
            }
        }
        try {
            plan.beforeRestart().complete(this::isWanted);
        } catch (InterruptedException _) {
            // No longer wanted; or wanted again, and then it starts without having waited.
        } finally {
            synchronized (this) {
                betweenRuns = false;
                boolean _ = Thread.interrupted(); // may have come after the end of it
            }
        }
    }

    private synchronized boolean isWanted() {
        return wanted;
    }

    private synchronized boolean awaitDelay(Duration delay) throws InterruptedException {
        long end = System.nanoTime() + delay.toNanos();
        while (wanted && deaths > 0 && System.nanoTime() - end < 0) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
        }
        if (!wanted) {
            state = ProcessState.STOPPED;
            keeper = null;
            notifyAll();
        }
        return wanted;
    }
}
