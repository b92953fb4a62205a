package io.holdfast.balancing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The attempts of one request: where each one goes, how long it may take, and whether another one
/// follows.
///
/// A failure by which nothing can have been sent is always followed by another attempt; any other
/// only where the request is safe to repeat. No instance is tried twice until all have been, the
/// healthy ones first. Then comes a pause: a service that restarts should be a delay and not an
/// error. Pauses are drawn from the upper half of their range, so that callers who failed together
/// do not come back together.
///
/// Thread-safe: several attempts may be under way at once, never at the same instance.
public final class Attempts {
    private static final int CUT_OFF_PER_ATTEMPT = 3;

    private final Upstream upstream;
    private final RetryRule rule;
    private final RequestKey key;
    private final boolean repeatable;
    private final long deadlineNanos;
    private final long patienceEndNanos;
    private final LongSupplier nanoClock;
    private final List<Instance> tried = new ArrayList<>(2);
    private int sent;
    private int cutOff;
    private int rounds;

    Attempts(Upstream upstream, RequestKey key, boolean repeatable, long deadlineNanos, LongSupplier nanoClock) {
        this.upstream = upstream;
        this.rule = upstream.retryRule();
        this.key = key;
        this.repeatable = repeatable;
        this.deadlineNanos = deadlineNanos;
        this.patienceEndNanos = nanoClock.getAsLong() + rule.patience().toNanos();
        this.nanoClock = nanoClock;
    }

    /// The next attempt; null where the service has no instance.
    public synchronized @Nullable Attempt next() {
        List<Instance> candidates = tried.isEmpty() ? upstream.live() : untried();
        if (candidates.isEmpty()) {
            tried.clear();
            candidates = upstream.live();
        }
        if (candidates.isEmpty()) {
            return null;
        }
        Instance instance = upstream.balancer().pick(candidates, key);
        tried.add(instance);
        return new Attempt(instance, limit());
    }

    /// Ends a failed attempt. Returns the pause before the next one, zero for none; empty: give up.
    ///
    /// @param why for people, as an unreachable instance's state
    public synchronized Optional<Duration> failed(Attempt attempt, Failure failure, String why) {
        upstream.failed(attempt.instance(), failure, why);
        if (!failure.nothingSent() && (!repeatable || spent(failure))) {
            return Optional.empty();
        }
        long now = nanoClock.getAsLong();
        if (tried.size() < rule.attempts() && !untried().isEmpty()) {
            return now - deadlineNanos < 0 ? Optional.of(Duration.ZERO) : Optional.empty();
        }
        return nextRound(now);
    }

    /// Whether the last attempt of this kind of failure was made. One that was cut off cost its instance
    /// little, and a restart can cut a request off at one instance after the other, so more are allowed;
    /// but not any number, as the request itself may be what ends the instances.
    private boolean spent(Failure failure) {
        return failure == Failure.CUT_OFF
                ? ++cutOff >= rule.attempts() * CUT_OFF_PER_ATTEMPT
                : ++sent >= rule.attempts();
    }

    private Optional<Duration> nextRound(long now) {
        long longest = rule.pauseNanos(rounds++);
        long pause = longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1);
        tried.clear();
        boolean inTime = now + pause - deadlineNanos < 0 && now + pause - patienceEndNanos < 0;
        return inTime ? Optional.of(Duration.ofNanos(pause)) : Optional.empty();
    }

    private Duration limit() {
        Duration left = Duration.ofNanos(Math.max(0, deadlineNanos - nanoClock.getAsLong()));
        if (!repeatable || sent + 1 >= rule.attempts() || upstream.live().size() <= tried.size()) {
            return left;
        }
        Duration half = left.dividedBy(2);
        return half.compareTo(rule.attemptTimeout()) < 0 ? half : rule.attemptTimeout();
    }

    /// An instance that is known to be unhealthy is still a better hope than an error.
    private List<Instance> untried() {
        List<Instance> live = without(tried, upstream.live());
        return live.isEmpty() ? without(tried, upstream.members()) : live;
    }

    private static List<Instance> without(List<Instance> tried, List<Instance> instances) {
        List<Instance> rest = new ArrayList<>(instances.size());
        for (Instance instance : instances) {
            if (!tried.contains(instance)) {
                rest.add(instance);
            }
        }
        return rest;
    }
}
