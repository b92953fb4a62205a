package io.holdfast.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedProcessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LIVES = "exec sleep 600";

    @TempDir
    private Path folder;

    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final RecordedEvents events = new RecordedEvents();
    private final List<SupervisedProcess> started = new CopyOnWriteArrayList<>();

    @AfterEach
    void stopAll() throws InterruptedException {
        for (SupervisedProcess process : started) {
            process.stop();
        }
    }

    @Test
    void startsAgainWhatWasKilled() {
        SupervisedProcess process = started(LIVES, Duration.ofMillis(10));
        long first = pid(process);
        assertThat(process.kill()).isTrue();
        await().atMost(PATIENCE)
                .until(() -> process.state() == ProcessState.READY
                        && process.handle().isPresent()
                        && pid(process) != first);
        assertThat(events.deaths).containsExactly("137 after 10 ms");
    }

    @Test
    void waitsLongerWithEachDeathInARow() {
        SupervisedProcess process = run("exit 3", Duration.ofMillis(10));
        await().atMost(PATIENCE).until(() -> events.deaths.size() >= 4);
        assertThat(events.deaths.subList(0, 4))
                .containsExactly("3 after 10 ms", "3 after 20 ms", "3 after 40 ms", "3 after 80 ms");
        assertThat(process.deaths()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void staysStoppedUntilItIsStarted() throws InterruptedException {
        SupervisedProcess process = started(LIVES, Duration.ofMillis(1));
        process.stop();
        assertThat(process.state()).isEqualTo(ProcessState.STOPPED);
        assertThat(process.handle()).isEmpty();
        assertThat(process.kill()).isFalse();
        assertThat(events.deaths).isEmpty();
        process.start();
        await().atMost(PATIENCE).until(() -> process.state() == ProcessState.READY);
    }

    @Test
    void stopsWhileItWaitsForItsNextStart() throws InterruptedException {
        SupervisedProcess process = run("exit 1", Duration.ofHours(1));
        await().atMost(PATIENCE).until(() -> process.state() == ProcessState.RESTARTING);
        process.stop();
        assertThat(process.state()).isEqualTo(ProcessState.STOPPED);
    }

    @Test
    void stopsAtOnceWhateverItPreparesForItsNextStart() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean preparing = new AtomicBoolean();
        SupervisedProcess process = run("exit 1", Duration.ofMillis(1), _ -> {
            preparing.set(true);
            never.await();
        });
        await().atMost(PATIENCE).untilTrue(preparing);
        process.stop();
        assertThat(process.state()).isEqualTo(ProcessState.STOPPED);
    }

    @Test
    void startsAtOnceWhatWaitsForItsNextStart() {
        SupervisedProcess process = started(LIVES, Duration.ofHours(1));
        process.kill();
        await().atMost(PATIENCE).until(() -> process.state() == ProcessState.RESTARTING);
        process.start();
        await().atMost(PATIENCE).until(() -> process.state() == ProcessState.READY);
    }

    @Test
    void endsByForceWhatDoesNotEndInItsGrace() throws InterruptedException {
        SupervisedProcess process = started("trap '' TERM; echo up; while :; do sleep 0.1; done", Duration.ofMillis(1));
        await().atMost(PATIENCE).until(() -> process.log().tail(1).contains("up"));
        process.stop();
        assertThat(process.state()).isEqualTo(ProcessState.STOPPED);
        assertThat(events.stubborn).isEqualTo(1);
    }

    @Test
    void tellsWhenItStopsBeingReady() {
        SupervisedProcess process = started(LIVES, Duration.ofMillis(1));
        ready.set(false);
        await().atMost(PATIENCE).until(() -> process.state() == ProcessState.UNREADY);
        ready.set(true);
        await().atMost(PATIENCE).until(() -> process.state() == ProcessState.READY);
    }

    private SupervisedProcess started(String script, Duration delay) {
        SupervisedProcess process = run(script, delay);
        await().atMost(PATIENCE).until(() -> process.state() == ProcessState.READY);
        return process;
    }

    private SupervisedProcess run(String script, Duration delay) {
        return run(script, delay, BeforeRestart.NOTHING);
    }

    private SupervisedProcess run(String script, Duration delay, BeforeRestart beforeRestart) {
        ProcessPlan plan = new ProcessPlan(
                "app-1",
                Role.APP,
                1,
                2,
                List.of("sh", "-c", script),
                Map.of(),
                folder.resolve("app-1.log"),
                ready::get,
                Duration.ofSeconds(1),
                beforeRestart);
        BackOff backOff = new BackOff(delay, delay.multipliedBy(100), Duration.ofHours(1));
        SupervisedProcess process = new SupervisedProcess(plan, backOff, events);
        started.add(process);
        process.start();
        return process;
    }

    private static long pid(SupervisedProcess process) {
        return process.handle().orElseThrow().pid();
    }

    private static final class RecordedEvents implements ProcessEvents {
        private final List<String> deaths = new CopyOnWriteArrayList<>();
        private volatile int stubborn;

        @Override
        public void changed(SupervisedProcess process) {}

        @Override
        public void died(SupervisedProcess process, long pid, int exitValue, Duration delay) {
            deaths.add(exitValue + " after " + delay.toMillis() + " ms");
        }

        @Override
        public void unstartable(SupervisedProcess process, IOException reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void stubborn(SupervisedProcess process) {
            stubborn = 1;
        }

        @Override
        public void logUnbounded(SupervisedProcess process, IOException reason) {
            throw new AssertionError(reason);
        }
    }
}
