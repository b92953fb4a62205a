package io.holdfast.balancing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/// One sending of a request to one instance. It is counted as in flight from the moment it is made
/// until the first call of [#succeeded()], [#failed(Failure, String)] or [#cancelled()]; further
/// calls have no effect, so every way out may call one of them. Thread-safe.
public final class Attempt {
    private static final int SENT = 0;
    private static final int HEARD = 1;
    private static final int CONNECTED = 2;
    private static final int OVER = 3;
    private static final AtomicIntegerFieldUpdater<Attempt> PHASE =
            AtomicIntegerFieldUpdater.newUpdater(Attempt.class, "phase");

    private final Upstream upstream;
    private final Instance instance;
    private final Duration limit;
    private final @Nullable Attempts request;
    private final boolean trial;
    private final long startNanos;

    @SuppressWarnings("UnusedVariable") // read by the updater
    private volatile int phase = SENT;

    private volatile long headNanos;
    private volatile @Nullable Runnable end;

    Attempt(Upstream upstream, Instance instance, Duration limit, @Nullable Attempts request, boolean trial) {
        this.upstream = upstream;
        this.instance = instance;
        this.limit = limit;
        this.request = request;
        this.trial = trial;
        this.startNanos = upstream.nanoTime();
        instance.signals().begun();
        instance.conduct().begun(startNanos);
    }

    public Instance instance() {
        return instance;
    }

    /// How long the instance may take.
    public Duration limit() {
        return limit;
    }

    boolean trial() {
        return trial;
    }

    long startNanos() {
        return startNanos;
    }

    /// The head of the answer came: the latency ends here, as the time that the body takes may be
    /// the client's.
    public void answered() {
        headNanos = upstream.nanoTime();
        if (PHASE.compareAndSet(this, SENT, HEARD)) {
            instance.conduct().heard(headNanos);
        }
    }

    /// The request became a connection that stays, such as a WebSocket or an event stream: it is
    /// counted as one until it ends.
    ///
    /// @param howToEnd ends it properly; called at most once, when the instance is about to stop or is no
    ///     longer one of its service
    public void connected(Runnable howToEnd) {
        answered();
        if (PHASE.compareAndSet(this, HEARD, CONNECTED)) {
            instance.signals().connected();
            end = howToEnd;
            instance.connections().add(howToEnd);
            if (phase == OVER) { // it ended meanwhile, perhaps without having seen what is to be removed
                instance.connections().remove(howToEnd);
            }
        }
    }

    /// The answer ended, and was none of the instance's failures.
    public void succeeded() {
        int before = PHASE.getAndSet(this, OVER);
        if (before != OVER) {
            long now = upstream.nanoTime();
            over(before);
            upstream.outcomes().succeeded(this, (before == SENT ? now : headNanos) - startNanos, now);
        }
    }

    /// @param why for people, as the reason of the instance's state
    public void failed(Failure failure, String why) {
        int before = PHASE.getAndSet(this, OVER);
        if (before != OVER) {
            over(before);
            if (request != null) {
                request.failed(failure);
            }
            upstream.outcomes().failed(this, failure, why, upstream.nanoTime() - startNanos);
        }
    }

    /// Nobody waits for the answer any more. That says nothing about the instance.
    public void cancelled() {
        int before = PHASE.getAndSet(this, OVER);
        if (before != OVER) {
            over(before);
            upstream.outcomes().cancelled(this);
        }
    }

    private void over(int before) {
        if (before == CONNECTED) {
            instance.signals().disconnected();
            Runnable howToEnd = end;
            if (howToEnd != null) {
                instance.connections().remove(howToEnd);
            }
        } else {
            instance.signals().ended();
        }
    }
}
