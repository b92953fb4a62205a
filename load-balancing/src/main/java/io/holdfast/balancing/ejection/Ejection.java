package io.holdfast.balancing.ejection;

import java.time.Duration;

/// Whether one instance is taken out, until when, and what it has to prove then. After its time an
/// ejected instance gets a single request. If that succeeds it is back, else it is out again, for
/// twice as long. One that recovers as its probes see it need not wait for the end of its time. Not
/// thread-safe; the roster's lock guards it.
public final class Ejection {
    private static final long NEVER_SLOW = Long.MAX_VALUE;

    private enum Phase {
        IN,
        OUT,
        ON_TRIAL
    }

    private final EjectionRule rule;
    private Phase phase = Phase.IN;
    private int times;
    private long untilNanos;
    private long returnedNanos;
    private long trialStartNanos;
    private long slowestTrialNanos = NEVER_SLOW;
    private String why = "";

    public Ejection(EjectionRule rule) {
        this.rule = rule;
    }

    public boolean out() {
        return phase != Phase.IN;
    }

    public long untilNanos() {
        return untilNanos;
    }

    public String why() {
        return why;
    }

    public void eject(Accusation accusation, long nowNanos) {
        forgiveOld(nowNanos);
        times++;
        untilNanos = nowNanos + lasting().toNanos();
        why = accusation.why();
        slowestTrialNanos = accusation.slowestTrialNanos();
        phase = Phase.OUT;
    }

    /// Each time that it stayed in for the longest ejection's time takes one doubling back.
    private void forgiveOld(long nowNanos) {
        if (times > 0) {
            long periods = (nowNanos - returnedNanos) / rule.longest().toNanos();
            times = (int) Math.max(0, times - Math.max(0, periods));
        }
    }

    private Duration lasting() {
        Duration grown = rule.base().multipliedBy(1L << Math.min(times - 1, 20));
        return grown.compareTo(rule.longest()) < 0 ? grown : rule.longest();
    }

    /// Whether it waits for a trial. One whose request has not ended after the longest ejection's
    /// time counts for nothing.
    public boolean trialDue(long nowNanos) {
        boolean lost = phase == Phase.ON_TRIAL
                && nowNanos - trialStartNanos > rule.longest().toNanos();
        return (phase == Phase.OUT || lost) && nowNanos - untilNanos >= 0;
    }

    /// Begins the trial. False where one is under way already.
    public boolean beginTrial(long nowNanos) {
        if (!trialDue(nowNanos)) {
            return false;
        }
        phase = Phase.ON_TRIAL;
        trialStartNanos = nowNanos;
        return true;
    }

    /// It answers probes again, which it did not: a trial is due now, also where the request of one
    /// that began while it hung has not ended.
    public void recovered(long nowNanos) {
        trialVoid(trialStartNanos);
        if (phase == Phase.OUT && untilNanos - nowNanos > 0) {
            untilNanos = nowNanos;
        }
    }

    /// The trial's request ended without saying anything: there will be another one.
    ///
    /// @param startNanos when that request began
    public void trialVoid(long startNanos) {
        if (onTrialWith(startNanos)) {
            phase = Phase.OUT;
        }
    }

    /// Whether it is on trial, and not since after a request that began at `startNanos`.
    private boolean onTrialWith(long startNanos) {
        return phase == Phase.ON_TRIAL && startNanos - trialStartNanos >= 0;
    }

    /// The trial's request was answered. Returns whether it is back.
    ///
    /// @param startNanos when that request began
    public boolean trialAnswered(long startNanos, long elapsedNanos, long nowNanos) {
        if (!onTrialWith(startNanos)) {
            return false;
        }
        returnedNanos = nowNanos;
        if (elapsedNanos > slowestTrialNanos) {
            eject(new Accusation(why, slowestTrialNanos), nowNanos);
            return false;
        }
        phase = Phase.IN;
        return true;
    }

    /// @param startNanos when the trial's request began
    public void trialFailed(long startNanos, String failure, long nowNanos) {
        if (onTrialWith(startNanos)) {
            returnedNanos = nowNanos; // it was not in: nothing to forgive
            eject(new Accusation("its trial request failed: " + failure, slowestTrialNanos), nowNanos);
        }
    }
}
