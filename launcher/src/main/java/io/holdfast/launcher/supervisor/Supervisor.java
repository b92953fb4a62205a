package io.holdfast.launcher.supervisor;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.process.BackOff;
import io.holdfast.launcher.process.ProcessEvents;
import io.holdfast.launcher.process.ProcessIdentity;
import io.holdfast.launcher.process.ProcessPlan;
import io.holdfast.launcher.process.Role;
import io.holdfast.launcher.process.SupervisedProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The processes of one platform. Tells of what dies, and hands the list of what runs to `recorder`
/// with every change.
public final class Supervisor {
    private static final int SIGNAL_BASE = 128;
    private static final int TAIL_LINES = 20;
    private static final int MOST_DEATHS_AT_START = 2;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Console console;
    private final BackOff backOff;
    private final Consumer<List<SupervisorState.Child>> recorder;
    private final List<SupervisedProcess> processes = new CopyOnWriteArrayList<>();
    private final Events events = new Events();
    private volatile boolean closed;

    public Supervisor(Console console, BackOff backOff, Consumer<List<SupervisorState.Child>> recorder) {
        this.console = console;
        this.backOff = backOff;
        this.recorder = recorder;
    }

    public List<SupervisedProcess> processes() {
        return processes;
    }

    /// Starts processes together and does not wait for them.
    public synchronized void start(List<ProcessPlan> plans) {
        for (ProcessPlan plan : plans) {
            if (closed) {
                return;
            }
            SupervisedProcess process = new SupervisedProcess(plan, backOff, events);
            processes.add(process);
            process.start();
        }
    }

    /// Waits until everything that was started is ready. Throws with the end of its log when a process
    /// dies repeatedly, or takes too long.
    public void awaitReady(Duration patience) throws InterruptedException {
        await("was not ready", patience, process -> switch (process.state()) {
            case READY, STOPPED -> true;
            case STARTING, UNREADY, RESTARTING, STOPPING -> false;
        });
    }

    /// Waits until the condition holds for everything that was started.
    ///
    /// @param otherwise what a process that does not get there did, `was not ready`
    public void await(String otherwise, Duration patience, Predicate<SupervisedProcess> condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (SupervisedProcess process : processes) {
            while (!condition.test(process)) {
                requireNoneFailing();
                if (System.nanoTime() - deadline > 0) {
                    throw failure(process, otherwise + " within " + patience.toSeconds() + " s");
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private void requireNoneFailing() {
        for (SupervisedProcess process : processes) {
            if (process.deaths() >= MOST_DEATHS_AT_START) {
                throw failure(process, "does not stay alive");
            }
        }
    }

    private static LauncherException failure(SupervisedProcess process, String what) {
        String tail;
        try {
            tail = String.join("\n", process.log().tail(TAIL_LINES));
        } catch (IOException e) {
            tail = "(unreadable: " + e.getMessage() + ")";
        }
        return new LauncherException(process.plan().name() + " " + what + ". The end of "
                + process.log().file() + ":\n" + tail);
    }

    public SupervisedProcess require(String name) {
        return processes.stream()
                .filter(process -> process.plan().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LauncherException("There is no process '" + name + "'. There are: "
                        + processes.stream()
                                .map(process -> process.plan().name())
                                .collect(Collectors.joining(", ")) + "."));
    }

    /// Stops some of them gracefully, all at once.
    public void stop(Predicate<SupervisedProcess> which) throws InterruptedException {
        stopTogether(processes.stream().filter(which).toList());
    }

    /// Stops everything gracefully: those who ask before those who are asked.
    ///
    /// @param beforeRedis runs once nothing of ours asks Redis any more, and before Redis is stopped
    public void close(BeforeRedis beforeRedis) throws InterruptedException {
        synchronized (this) {
            closed = true;
        }
        for (Role role : Role.values()) {
            if (role == Role.REDIS) {
                beforeRedis.run();
            }
            List<SupervisedProcess> tier = processes.stream()
                    .filter(process -> process.plan().role() == role)
                    .toList();
            if (tier.stream().anyMatch(process -> process.handle().isPresent())) {
                console.say("Stopping " + names(tier) + " …");
            }
            stopTogether(tier);
        }
    }

    /// Stops everything gracefully.
    public void close() throws InterruptedException {
        close(() -> {});
    }

    /// What is left to do for Redis servers that are about to be stopped.
    @FunctionalInterface
    public interface BeforeRedis {
        void run() throws InterruptedException;
    }

    private static String names(List<SupervisedProcess> tier) {
        return tier.stream().map(process -> process.plan().name()).collect(Collectors.joining(", "));
    }

    private static void stopTogether(List<SupervisedProcess> tier) throws InterruptedException {
        List<Thread> stoppers = new ArrayList<>();
        for (SupervisedProcess process : tier) {
            stoppers.add(Thread.ofVirtual().start(() -> {
                try {
                    process.stop();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread stopper : stoppers) {
            stopper.join();
        }
    }

    private List<SupervisorState.Child> children() {
        return processes.stream().flatMap(process -> child(process).stream()).toList();
    }

    private static Optional<SupervisorState.Child> child(SupervisedProcess process) {
        return process.handle()
                .map(handle -> new SupervisorState.Child(
                        process.plan().name(), process.plan().role().label(), ProcessIdentity.of(handle)));
    }

    private final class Events implements ProcessEvents {
        @Override
        public synchronized void changed(SupervisedProcess process) {
            recorder.accept(children());
        }

        @Override
        public void died(SupervisedProcess process, long pid, int exitValue, Duration delay) {
            String how = exitValue > SIGNAL_BASE
                    ? "was ended by signal " + (exitValue - SIGNAL_BASE)
                    : "ended with exit code " + exitValue;
            console.report(process.plan().name() + " (pid " + pid + ") " + how + "; starting it again in "
                    + delay.toMillis() / 1000.0 + " s. Its log: "
                    + process.log().file());
        }

        @Override
        public void unstartable(SupervisedProcess process, IOException reason) {
            console.report(process.plan().name() + " cannot be started: " + reason.getMessage());
        }

        @Override
        public void stubborn(SupervisedProcess process) {
            console.report(process.plan().name() + " did not end within "
                    + process.plan().grace().toSeconds() + " s and is ended by force");
        }

        @Override
        public void logUnbounded(SupervisedProcess process, IOException reason) {
            console.report("The log of " + process.plan().name() + " cannot be shortened: " + reason.getMessage());
        }
    }
}
