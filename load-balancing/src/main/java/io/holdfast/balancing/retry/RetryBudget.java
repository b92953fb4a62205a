package io.holdfast.balancing.retry;

/// Bounds the attempts beyond the first by a share of the live requests, so that they cannot
/// multiply an outage: a bucket into which each request puts `share` of a token, and from which each
/// further attempt takes one. Finagle's `RetryBudget` works alike.
///
/// What is saved fades with a time constant of 3 s: good hours do not pay for a storm of retries,
/// and at a steady rate r a bucket holds 3·share·r, enough for the death of one instance. One that
/// nobody uses fills up to a small reserve at `perSecond`.
///
/// Requests that a dying instance cut off may overdraw it by as many requests as were in flight
/// lately: all of those may have been cut off at once, and the last of them asks when hardly any is
/// in flight any more. The debt fades like the savings, and so does what may be overdrawn.
public final class RetryBudget {
    private static final double TIME_CONSTANT_NANOS = 3e9;

    private final BudgetRule rule;
    private double balance;
    private double credit;
    private long lastNanos;

    public RetryBudget(BudgetRule rule, long nowNanos) {
        this.rule = rule;
        balance = rule.reserve();
        lastNanos = nowNanos;
    }

    /// A request began.
    public synchronized void deposit(long nowNanos) {
        balance += rule.share();
        settle(nowNanos);
    }

    /// Whether another attempt may be made; if so, it is paid for.
    ///
    /// @param overdraft how far the balance may fall below zero; the largest that was asked for
    ///     lately counts
    public synchronized boolean withdraw(int overdraft, long nowNanos) {
        settle(nowNanos);
        credit = Math.max(credit, overdraft);
        if (balance + (overdraft > 0 ? credit : 0) < 1) {
            return false;
        }
        balance--;
        return true;
    }

    public synchronized double balance() {
        return balance;
    }

    /// Time passes in steps of at least a millisecond, so that few requests compute a power.
    private void settle(long nowNanos) {
        long elapsed = nowNanos - lastNanos;
        if (elapsed < 1_000_000) {
            return;
        }
        lastNanos = nowNanos;
        double fading = Math.exp(-elapsed / TIME_CONSTANT_NANOS);
        double faded = balance * fading;
        credit *= fading;
        if (balance > rule.reserve()) {
            balance = Math.max(faded, rule.reserve());
        } else {
            double left = balance < 0 ? faded : balance;
            balance = Math.min(left + rule.perSecond() * elapsed / 1e9, rule.reserve());
        }
    }
}
