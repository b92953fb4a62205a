package io.holdfast.storage.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How long an operation waits for others. One call is under way at once here, and the first one lasts until the test
/// lets it end.
@Timeout(60)
class BatchesTest {
    private static final Duration CALL_TIME = Duration.ofSeconds(5);
    private static final Duration AMPLE = Duration.ofSeconds(50);
    private static final Namespace CITIES = new Namespace("documents", "cities");

    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Integer> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final Timer timer = new HashedWheelTimer(1, TimeUnit.MILLISECONDS);
    private final Batches batches = batches(true);

    private Batches batches(boolean shared) {
        return new Batches(this::call, timer, CALL_TIME, 1, 4, 10, shared);
    }

    private List<Outcome> call(List<Operation<?>> operations) {
        calls.add(operations.size());
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return operations.stream()
                .<Outcome>map(operation -> operation instanceof Operation.Count
                        ? new Outcome.Size(true, calls.size())
                        : new Outcome.Absent())
                .toList();
    }

    private @Nullable Outcome execute(Duration time) {
        return batches.execute(new Operation.Get(CITIES, "a"), Deadline.in(time));
    }

    private Future<@Nullable Outcome> begin() {
        Future<@Nullable Outcome> first = requests.submit(() -> execute(AMPLE));
        await().until(() -> calls.size() == 1);
        return first;
    }

    @AfterEach
    void end() {
        release.countDown();
        requests.close();
        timer.stop();
    }

    @Test
    void startsNoCallThatCouldOutlastTheRequest() {
        assertThat(execute(CALL_TIME)).isNull();
        assertThat(calls).isEmpty();
    }

    @Test
    void waitsOnlyForACallThatStillEndsInTime() {
        Future<@Nullable Outcome> first = begin();
        assertThat(execute(CALL_TIME.plusMillis(300))).isNull();
        assertThat(batches.waiting()).isZero();
        assertThat(calls).containsExactly(1);
        assertThat(first).isNotDone();
    }

    @Test
    void letsTheNextOneStartAfterOneThatLeft() throws Exception {
        Future<@Nullable Outcome> first = begin();
        execute(CALL_TIME.plusMillis(300));
        Future<@Nullable Outcome> second = requests.submit(() -> execute(AMPLE));
        await().until(() -> batches.waiting() == 1);
        release.countDown();
        assertThat(first.get()).isInstanceOf(Outcome.Absent.class);
        assertThat(second.get()).isInstanceOf(Outcome.Absent.class);
        assertThat(calls).containsExactly(1, 1);
    }

    @Test
    void losesNoCallToOperationsThatLeaveWhileTheirTurnComes() throws Exception {
        release.countDown();
        for (int round = 0; round < 200; round++) {
            List<? extends Future<?>> hasty = IntStream.range(0, 8)
                    .mapToObj(i -> requests.submit(() -> execute(CALL_TIME.plusNanos(50_000 * (i + 1L)))))
                    .toList();
            for (Future<?> each : hasty) {
                each.get();
            }
            assertThat(batches.waiting()).isZero();
        }
        assertThat(requests.submit(() -> execute(AMPLE)).get()).isInstanceOf(Outcome.Absent.class);
    }

    /// The first call was under way before the others began, so it is none of theirs.
    @Test
    void readsOnceWhatSeveralWaitFor() throws Exception {
        Future<@Nullable Outcome> first = begin();
        List<String> keys = List.of("a", "b", "a", "a");
        List<? extends Future<?>> waiting = keys.stream()
                .map(key -> requests.submit(() ->
                        batches.execute(new Operation.Count(new Namespace("documents", key)), Deadline.in(AMPLE))))
                .toList();
        await().until(() -> batches.waiting() == keys.size());
        release.countDown();
        assertThat(first.get()).isInstanceOf(Outcome.Absent.class);
        for (Future<?> each : waiting) {
            assertThat(each.get()).isEqualTo(new Outcome.Size(true, 2));
        }
        assertThat(calls).containsExactly(1, 2);
    }

    @Test
    void executesEqualOperationsOneByOneWhereTheyAreNotShared() throws Exception {
        Batches writes = batches(false);
        Operation<?> write = new Operation.Delete(CITIES, "a", Precondition.NONE);
        Future<?> first = requests.submit(() -> writes.execute(write, Deadline.in(AMPLE)));
        await().until(() -> calls.size() == 1);
        List<? extends Future<?>> begun = IntStream.range(0, 3)
                .mapToObj(_ -> requests.submit(() -> writes.execute(write, Deadline.in(AMPLE))))
                .toList();
        await().until(() -> writes.waiting() == 3);
        release.countDown();
        assertThat(first.get()).isInstanceOf(Outcome.Absent.class);
        for (Future<?> each : begun) {
            assertThat(each.get()).isInstanceOf(Outcome.Absent.class);
        }
        assertThat(calls).containsExactly(1, 3);
    }
}
