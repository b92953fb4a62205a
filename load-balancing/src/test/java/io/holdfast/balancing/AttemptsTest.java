package io.holdfast.balancing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final Duration TIME = Duration.ofSeconds(10);

    private final Upstream upstream = new Upstream(
            "app",
            Strategy.ROUND_ROBIN.newBalancer(),
            new RetryRule(3, Duration.ofSeconds(8), Duration.ofMillis(50), Duration.ofSeconds(3)),
            (_, _) -> {});
    private long now = 1_000;

    @Test
    void goesToAnotherInstanceAtOnceAfterAConnectFailure() {
        healthy("a", "b");
        Attempts attempts = attempts(false);
        Attempt first = next(attempts);
        assertThat(attempts.failed(first, Failure.UNREACHABLE, "connection refused"))
                .contains(Duration.ZERO);
        assertThat(next(attempts).instance()).isNotSameAs(first.instance());
    }

    @Test
    void takesAnUnhealthyInstanceWhenTheHealthyOnesFailed() {
        upstream.discovered(Instances.uris("a", "b"));
        upstream.ready(upstream.members().getFirst(), System.nanoTime());
        Attempts attempts = attempts(false);
        Attempt first = next(attempts);
        assertThat(first.instance().id()).isEqualTo("a");
        assertThat(attempts.failed(first, Failure.UNREACHABLE, "connection refused"))
                .contains(Duration.ZERO);
        assertThat(next(attempts).instance().id()).isEqualTo("b");
    }

    @Test
    void pausesLongerEachTimeAllInstancesWereTried() {
        healthy("a");
        Attempts attempts = attempts(false);
        for (long longest : new long[] {50, 100, 200, 400, 500, 500}) {
            Duration pause = attempts.failed(next(attempts), Failure.UNREACHABLE, "connection refused")
                    .orElseThrow();
            assertThat(pause).isBetween(Duration.ofMillis(longest / 2), Duration.ofMillis(longest));
        }
    }

    @Test
    void losesPatienceWithAServiceThatIsGone() {
        healthy("a");
        Attempts attempts = attempts(true);
        now += Duration.ofSeconds(8).toNanos();
        assertThat(attempts.failed(next(attempts), Failure.UNREACHABLE, "connection refused"))
                .isEmpty();
    }

    @Test
    void triesNoLongerThanItsDeadline() {
        healthy("a", "b");
        Attempts attempts = attempts(true);
        Attempt attempt = next(attempts);
        now += TIME.toNanos();
        assertThat(attempts.failed(attempt, Failure.UNREACHABLE, "connection refused"))
                .isEmpty();
    }

    @Test
    void sendsAgainOnlyWhatIsSafeToRepeat() {
        healthy("a", "b");
        for (Failure failure : new Failure[] {Failure.CUT_OFF, Failure.UNANSWERED, Failure.REFUSED}) {
            Attempts unsafe = attempts(false);
            assertThat(unsafe.failed(next(unsafe), failure, "closed")).isEmpty();
            Attempts safe = attempts(true);
            assertThat(safe.failed(next(safe), failure, "closed")).contains(Duration.ZERO);
        }
    }

    @Test
    void sendsNoMoreOftenThanAllowed() {
        healthy("a", "b", "c", "d", "e");
        Attempts attempts = attempts(true);
        assertThat(attempts.failed(next(attempts), Failure.REFUSED, "503")).isPresent();
        assertThat(attempts.failed(next(attempts), Failure.NOT_SENT, "stale")).isPresent();
        assertThat(attempts.failed(next(attempts), Failure.REFUSED, "503")).isPresent();
        assertThat(attempts.failed(next(attempts), Failure.REFUSED, "503")).isEmpty();
    }

    @Test
    void sendsWhatWasCutOffMoreOftenButNotForEver() {
        healthy("a", "b");
        Attempts attempts = attempts(true);
        for (int i = 0; i < 8; i++) {
            assertThat(attempts.failed(next(attempts), Failure.CUT_OFF, "closed"))
                    .isPresent();
        }
        assertThat(attempts.failed(next(attempts), Failure.CUT_OFF, "closed")).isEmpty();
    }

    @Test
    void triesAFewInstancesAndThenPauses() {
        healthy("a", "b", "c", "d", "e");
        Attempts attempts = attempts(false);
        for (int i = 0; i < 2; i++) {
            assertThat(attempts.failed(next(attempts), Failure.NOT_SENT, "stale"))
                    .contains(Duration.ZERO);
        }
        assertThat(attempts.failed(next(attempts), Failure.NOT_SENT, "stale"))
                .hasValueSatisfying(pause -> assertThat(pause).isPositive());
    }

    @Test
    void leavesTimeForAnotherInstanceWhereTheRequestCanBeRepeated() {
        healthy("a", "b");
        Attempts attempts = attempts(true);
        assertThat(next(attempts).limit()).isEqualTo(Duration.ofSeconds(3));
        assertThat(next(attempts).limit()).isEqualTo(TIME);
    }

    @Test
    void leavesHalfOfAShortTime() {
        healthy("a", "b");
        assertThat(next(attempts(true, Duration.ofSeconds(1))).limit()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void givesAllTimeToARequestThatCannotBeRepeated() {
        healthy("a", "b");
        assertThat(next(attempts(false)).limit()).isEqualTo(TIME);
    }

    @Test
    void givesNothingWhereThereIsNoInstance() {
        assertThat(attempts(true).next()).isNull();
    }

    @Test
    void neverGivesOneInstanceToTwoConcurrentAttempts() {
        String[] names = IntStream.range(0, 64).mapToObj(Integer::toString).toArray(String[]::new);
        healthy(names);
        Attempts attempts = attempts(true);
        Set<Instance> given = ConcurrentHashMap.newKeySet();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < names.length; i++) {
                threads.execute(() -> given.add(next(attempts).instance()));
            }
        }
        assertThat(given).hasSize(names.length);
    }

    private void healthy(String... names) {
        upstream.discovered(Instances.uris(names));
        upstream.members().forEach(instance -> upstream.ready(instance, System.nanoTime()));
    }

    private Attempts attempts(boolean repeatable) {
        return attempts(repeatable, TIME);
    }

    private Attempts attempts(boolean repeatable, Duration time) {
        return new Attempts(upstream, RequestKey.NONE, repeatable, now + time.toNanos(), () -> now);
    }

    private static Attempt next(Attempts attempts) {
        return requireNonNull(attempts.next());
    }
}
