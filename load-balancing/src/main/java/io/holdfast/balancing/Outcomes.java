package io.holdfast.balancing;

import java.util.function.LongSupplier;

/// Learns from how attempts end. Thread-safe.
final class Outcomes {
    private final Roster roster;
    private final LongSupplier clock;
    private final int consecutiveFailures;

    /// @param consecutiveFailures after so many in a row an instance is looked at
    Outcomes(Roster roster, LongSupplier clock, int consecutiveFailures) {
        this.roster = roster;
        this.clock = clock;
        this.consecutiveFailures = consecutiveFailures;
    }

    void succeeded(Attempt attempt, long elapsedNanos, long now) {
        Instance instance = attempt.instance();
        instance.conduct().heard(now);
        if (!instance.newerThan(attempt.startNanos())) {
            instance.signals().answered(elapsedNanos, now);
            instance.conduct().answered(elapsedNanos);
        }
        if (attempt.trial()) {
            roster.change(instance, () -> {
                if (instance.ejection().trialAnswered(attempt.startNanos(), elapsedNanos, now)) {
                    instance.startAnew(attempt.startNanos());
                }
            });
        }
    }

    void failed(Attempt attempt, Failure failure, String why, long elapsedNanos) {
        Instance instance = attempt.instance();
        instance.count(failure);
        boolean ofAnOutage = failure == Failure.UNANSWERED && instance.newerThan(attempt.startNanos());
        if (!failure.blamesInstance() || ofAnOutage) {
            cancelled(attempt);
            return;
        }
        long now = clock.getAsLong();
        instance.signals().failed(elapsedNanos, now);
        if (failure != Failure.UNANSWERED) {
            instance.conduct().heard(now);
        }
        // Where all fail, one failure in so many asks again whether its peers do better.
        boolean suspicious = instance.conduct().failed() % consecutiveFailures == 0;
        if (failure == Failure.UNREACHABLE) {
            roster.change(instance, () -> instance.unreachable(why, now));
        }
        if (attempt.trial()) {
            roster.change(instance, () -> instance.ejection().trialFailed(attempt.startNanos(), why, now));
        } else if (suspicious && instance.state().usable()) {
            roster.suspect(instance, now);
        }
    }

    void cancelled(Attempt attempt) {
        Instance instance = attempt.instance();
        instance.conduct().abandoned();
        if (attempt.trial()) {
            roster.change(instance, () -> instance.ejection().trialVoid(attempt.startNanos()));
        }
    }
}
