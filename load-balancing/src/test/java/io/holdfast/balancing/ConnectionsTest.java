package io.holdfast.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Requests that became connections end when their instance leaves.
class ConnectionsTest {
    private final FakeUpstream fake = new FakeUpstream(Strategy.ROUND_ROBIN).healthy("a", "b");
    private final AtomicInteger ended = new AtomicInteger();

    @Test
    void endWhenTheirInstanceDrains() {
        Attempt here = connected("a");
        connected("b");
        fake.upstream.draining(fake.member("a"));
        fake.upstream.draining(fake.member("a"));
        assertThat(ended).hasValue(1);
        here.cancelled();
        assertThat(fake.member("a").signals().connections()).isZero();
    }

    @Test
    void endAtOnceOnAnInstanceThatDrains() {
        fake.upstream.draining(fake.member("a"));
        connected("a");
        assertThat(ended).hasValue(1);
    }

    @Test
    void endWhenTheirInstanceIsNoLongerListed() {
        connected("a");
        fake.healthy("b");
        assertThat(ended).hasValue(1);
    }

    @Test
    void areForgottenWhenTheyEndByThemselves() {
        connected("a").succeeded();
        fake.upstream.draining(fake.member("a"));
        assertThat(ended).hasValue(0);
    }

    @Test
    void stayOnAnInstanceThatCameBack() {
        fake.upstream.draining(fake.member("a"));
        fake.pass(Duration.ofSeconds(1));
        fake.healthy("a", "b");
        connected("a");
        assertThat(ended).hasValue(0);
    }

    @Test
    void endOnceWhateverComesAtTheSameTime() {
        Instance a = fake.member("a");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 5_000; i++) {
                threads.execute(() -> connected("a"));
                if (i == 2_500) {
                    threads.execute(() -> fake.upstream.draining(a));
                    threads.execute(() -> a.connections().leave());
                }
            }
        }
        assertThat(ended).hasValue(5_000);
    }

    private Attempt connected(String instance) {
        Attempt attempt = fake.upstream.begin(fake.member(instance));
        attempt.connected(ended::incrementAndGet);
        return attempt;
    }
}
