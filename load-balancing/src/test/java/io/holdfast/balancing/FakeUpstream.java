package io.holdfast.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancing.strategy.Draw;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// A real upstream whose time passes only when a test says so.
final class FakeUpstream {
    /// That requests have.
    static final Duration TIME = Duration.ofSeconds(10);

    final Upstream upstream;
    final List<String> turns = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000); // it may overflow

    FakeUpstream(Strategy strategy) {
        this(strategy, UpstreamRules.DEFAULT);
    }

    FakeUpstream(Strategy strategy, UpstreamRules rules) {
        this(strategy, rules, Draw.LOCAL);
    }

    FakeUpstream(Strategy strategy, UpstreamRules rules, RandomGenerator random) {
        upstream = new Upstream("app", strategy, rules, new Recorder(turns), now::get, random);
    }

    FakeUpstream healthy(String... hosts) {
        upstream.discovered(Instances.uris(hosts));
        upstream.members().forEach(instance -> upstream.ready(instance, now()));
        return this;
    }

    Instance member(String host) {
        return upstream.members().stream()
                .filter(instance -> instance.id().equals(host))
                .findFirst()
                .orElseThrow();
    }

    void ready(String host) {
        upstream.ready(member(host), now());
    }

    long now() {
        return now.get();
    }

    long deadline(Duration time) {
        return now() + time.toNanos();
    }

    void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /// Lets time pass in steps of a tenth of a second, with a tick after each.
    void run(Duration time) {
        for (long millis = 0; millis < time.toMillis(); millis += 100) {
            pass(Duration.ofMillis(100));
            upstream.tick();
        }
    }

    /// One request, answered after this long.
    void answer(String host, Duration latency) {
        Attempt attempt = upstream.begin(member(host));
        pass(latency);
        attempt.succeeded();
    }

    void fail(String host, Failure failure) {
        upstream.begin(member(host)).failed(failure, "failed");
    }

    void failInARow(String host, int times) {
        for (int i = 0; i < times; i++) {
            fail(host, Failure.FAULT);
        }
    }

    /// The first attempt of a request.
    Attempt begin(boolean repeatable) {
        return sent(attempts(repeatable).next());
    }

    Attempts attempts(boolean repeatable) {
        return attempts(repeatable, TIME);
    }

    Attempts attempts(boolean repeatable, Duration time) {
        return upstream.attempts(RequestKey.NONE, repeatable, deadline(time));
    }

    /// The attempt that comes next, after any waits.
    static Attempt next(Attempts attempts) {
        Step step = attempts.next();
        while (step instanceof Step.Wait) {
            step = attempts.next();
        }
        return sent(step);
    }

    static Attempt sent(Step step) {
        assertThat(step).isInstanceOf(Step.Send.class);
        return ((Step.Send) step).attempt();
    }

    InstanceView view(String host) {
        return upstream.views().stream()
                .filter(view -> view.id().equals(host))
                .findFirst()
                .orElseThrow();
    }

    private record Recorder(List<String> heard) implements Upstream.Listener {
        @Override
        public void turned(String service, Instance instance) {
            heard.add(instance.id() + " " + instance.state());
        }

        @Override
        public void joined(String service, Instance instance) {
            heard.add(instance.id() + " joined");
        }

        @Override
        public void left(String service, Instance instance) {
            heard.add(instance.id() + " left");
        }
    }
}
