package io.holdfast.balancing;

/// The time in which an instance's share grows, linearly, from a tenth to all of it. It came with
/// cold caches and uncompiled code, or just failed: the first requests should be few.
record SlowStart(long startNanos, long lastsNanos) {
    private static final double LEAST = 0.1;

    double share(long nowNanos) {
        return over(nowNanos) ? 1 : Math.max(LEAST, (double) (nowNanos - startNanos) / lastsNanos);
    }

    boolean over(long nowNanos) {
        return nowNanos - startNanos >= lastsNanos;
    }
}
