package io.holdfast.balancing;

import io.holdfast.balancing.Step.GiveUp;
import io.holdfast.balancing.Step.Reason;
import io.holdfast.balancing.Step.Send;
import io.holdfast.balancing.Step.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The attempts of one request: where each one goes, how long it may take, and whether another one
/// follows.
///
/// A failure by which nothing can have been sent is always followed by another attempt; any other
/// only where the request is safe to repeat. No instance is tried twice until all have been, the
/// usable ones first. Then comes a pause: a service that restarts should be a delay and not an
/// error. Pauses are drawn from the upper half of their range, so that callers who failed together
/// do not come back together.
///
/// Attempts beyond the first are paid for from the service's budget, but for one: where nothing was
/// sent, going on to a healthy instance adds no load to anybody.
///
/// Thread-safe: several attempts may be under way at once, never at the same instance.
public final class Attempts {
    private static final int CUT_OFF_PER_ATTEMPT = 3;
    private static final double HOPELESS = 0.8;
    private static final Duration LEAST_TO_RESUME = Duration.ofSeconds(1);

    private final Upstream upstream;
    private final RetryRule rule;
    private final RequestKey key;
    private final boolean repeatable;
    private final long deadlineNanos;
    private final long patienceEndNanos;
    private final List<Instance> tried = new ArrayList<>(2);
    private @Nullable Failure last;
    private boolean begun;
    private boolean spent;
    private boolean paid;
    private boolean resumed;
    private int sent;
    private int cutOff;
    private int round;
    private int rounds;

    Attempts(Upstream upstream, RetryRule rule, RequestKey key, boolean repeatable, long deadlineNanos) {
        this.upstream = upstream;
        this.rule = rule;
        this.key = key;
        this.repeatable = repeatable;
        this.deadlineNanos = deadlineNanos;
        this.patienceEndNanos = upstream.nanoTime() + rule.patience().toNanos();
    }

    /// What to do next: at the beginning, after an attempt failed, and after a wait.
    public synchronized Step next() {
        if (!begun) {
            begun = true;
            return first();
        }
        Failure failure = last;
        if (failure == null) {
            throw new IllegalStateException("The attempt before has not failed");
        }
        return again(failure, upstream.nanoTime());
    }

    private Step first() {
        Instance trial = upstream.beginTrial(repeatable);
        if (trial != null) {
            return send(trial, true);
        }
        Instance picked = upstream.pool().pick(key);
        return picked == null ? new GiveUp(Reason.NO_INSTANCE) : send(picked, false);
    }

    private Step again(Failure failure, long now) {
        if (!failure.nothingSent() && !paid) {
            if (!repeatable || spent) {
                return new GiveUp(repeatable ? Reason.ATTEMPTS_SPENT : Reason.NOT_REPEATABLE);
            }
            if (hopeless(failure, now)) {
                return new GiveUp(Reason.ALL_FAILING);
            }
        }
        if (now - deadlineNanos >= 0) {
            return new GiveUp(Reason.DEADLINE);
        }
        Instance next = round < rule.attempts() ? untried() : null;
        boolean free = failure.nothingSent() && next != null && next.state().usable();
        if (next == null && upstream.members().isEmpty()) {
            return new GiveUp(Reason.NO_INSTANCE);
        }
        if (!paid && !free && !failure.nothingSent() && !pay(failure, now)) {
            return new GiveUp(Reason.BUDGET_SPENT);
        }
        if (next == null || !(paid || free || pay(failure, now))) {
            return pause(now);
        }
        paid = false;
        return send(next, false);
    }

    private boolean pay(Failure failure, long now) {
        int overdraft = failure == Failure.CUT_OFF ? upstream.inFlight() + 1 : 0;
        paid = upstream.retryBudget().withdraw(overdraft, now);
        return paid;
    }

    /// Whether the others fail most of what they get, too: then one more failure helps nobody.
    private boolean hopeless(Failure failure, long now) {
        if (failure == Failure.CUT_OFF) {
            return false;
        }
        for (Instance member : upstream.members()) {
            if (!tried.contains(member) && member.signals().failureShare(now) < HOPELESS) {
                return false;
            }
        }
        return upstream.members().size() > tried.size();
    }

    private Step pause(long now) {
        long longest = rule.pauseNanos(rounds++);
        long pause = longest / 2 + upstream.random().nextLong(longest / 2 + 1);
        round = 0;
        if (untried() == null) {
            tried.clear();
        }
        if (now + pause - deadlineNanos >= 0) {
            return new GiveUp(Reason.DEADLINE);
        }
        return now + pause - patienceEndNanos >= 0 ? new GiveUp(Reason.PATIENCE) : new Wait(Duration.ofNanos(pause));
    }

    /// How long the first attempt may take before a second one is begun beside it; empty where that
    /// is not known, or would do harm.
    public Optional<Duration> hedgeAfter() {
        return repeatable && upstream.live().size() > 1 ? upstream.hedging().delay() : Optional.empty();
    }

    /// Begins another attempt beside one that is late, on another instance; empty where no other can
    /// be used, or too many were. Whoever gets an answer cancels the other attempt.
    public synchronized Optional<Attempt> hedge() {
        long now = upstream.nanoTime();
        Instance next = upstream.pool().pick(key, tried, upstream.random());
        if (next == null || !next.state().usable() || !repeatable || now - deadlineNanos >= 0) {
            return Optional.empty();
        }
        return upstream.hedging().afford(now) ? Optional.of(begin(next, false)) : Optional.empty();
    }

    /// Begins a last attempt, which has all the time that is left, for a request whose instance did what
    /// it could within an attempt's time and needs more. Any instance may get it, also the same one. It is
    /// not paid for: who waited for an attempt's time and is asked once more adds nothing to an overload.
    /// Empty where the request is not safe to repeat, had such an attempt, or has too little time left for
    /// one to make a difference.
    public synchronized Optional<Attempt> resume() {
        if (!repeatable || resumed || left().compareTo(LEAST_TO_RESUME) < 0) {
            return Optional.empty();
        }
        Instance next = upstream.pool().pick(key);
        resumed = true;
        return next == null ? Optional.empty() : Optional.of(begin(next, false, left()));
    }

    /// Called by the attempt.
    synchronized void failed(Failure failure) {
        last = failure;
        paid = false;
        spent |= !failure.nothingSent() && count(failure);
    }

    /// Whether the last attempt of this kind of failure was made. One that was cut off cost its instance
    /// little, and a restart can cut a request off at one instance after the other, so more are allowed;
    /// but not any number, as the request itself may be what ends the instances.
    private boolean count(Failure failure) {
        return failure == Failure.CUT_OFF
                ? ++cutOff >= rule.attempts() * CUT_OFF_PER_ATTEMPT
                : ++sent >= rule.attempts();
    }

    private Step send(Instance instance, boolean trial) {
        return new Send(begin(instance, trial));
    }

    private Attempt begin(Instance instance, boolean trial) {
        tried.add(instance);
        return begin(instance, trial, limit());
    }

    private Attempt begin(Instance instance, boolean trial, Duration limit) {
        round++;
        last = null;
        return new Attempt(upstream, instance, limit, this, trial);
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - upstream.nanoTime()));
    }

    private Duration limit() {
        Duration left = left();
        if (!repeatable || sent + 1 >= rule.attempts() || upstream.live().size() <= tried.size()) {
            return left;
        }
        Duration half = left.dividedBy(2);
        return half.compareTo(rule.attemptTimeout()) < 0 ? half : rule.attemptTimeout();
    }

    /// An instance that should not be used is still a better hope than an error.
    private @Nullable Instance untried() {
        Instance usable = upstream.pool().pick(key, tried, upstream.random());
        return usable != null ? usable : Reserves.of(upstream.members(), tried);
    }
}
