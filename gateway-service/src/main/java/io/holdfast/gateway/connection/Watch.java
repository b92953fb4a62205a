package io.holdfast.gateway.connection;

import io.holdfast.contract.problem.ProblemType;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The clock of one connection: for a head that does not end, a body that does not move, and a request
/// that takes too long.
///
/// There is at most one timer, and it is neither cancelled nor moved when a request ends in time: it
/// fires, looks for the next moment that matters, and sleeps again or not at all. So a busy connection
/// sets a timer every few seconds, not with every request.
final class Watch {
    /// How much longer than told the next hop may take, so that its answer about the time comes first.
    private static final long GRACE_NANOS = Duration.ofMillis(250).toNanos();

    private static final long NEVER = Long.MAX_VALUE;

    private final ConnectionLimits limits;
    private final BiConsumer<ChannelHandlerContext, ProblemType> expired;

    private @Nullable Future<?> timer;
    private long timerAt;
    private @Nullable ClientRequest request;
    private boolean headOpen;
    private long headSince;
    private long bodyQuietSince;

    Watch(ConnectionLimits limits, BiConsumer<ChannelHandlerContext, ProblemType> expired) {
        this.limits = limits;
        this.expired = expired;
    }

    void headBegins(ChannelHandlerContext context) {
        if (!headOpen) {
            headOpen = true;
            headSince = System.nanoTime();
            wakeIn(context, limits.headTime().toNanos(), headSince);
        }
    }

    void headComplete() {
        headOpen = false;
    }

    void requestBegins(ChannelHandlerContext context, ClientRequest begun) {
        request = begun;
        bodyQuietSince = System.nanoTime();
        wakeIn(context, begun.deadline().nanoTime() + GRACE_NANOS - bodyQuietSince, bodyQuietSince);
    }

    void requestEnds() {
        request = null;
    }

    /// Somebody above wants the next part of the body, so the client has its full time for it.
    void bodyMoves() {
        bodyQuietSince = System.nanoTime();
    }

    void bodyStalls(ChannelHandlerContext context) {
        wakeIn(context, limits.bodyQuietTime().toNanos(), System.nanoTime());
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        request = null;
    }

    private void wakeIn(ChannelHandlerContext context, long nanos, long now) {
        if (timer != null) {
            if (timerAt - now <= nanos) {
                return;
            }
            timer.cancel(false);
        }
        timerAt = now + nanos;
        timer = context.executor().schedule(() -> wake(context), nanos, TimeUnit.NANOSECONDS);
    }

    private void wake(ChannelHandlerContext context) {
        timer = null;
        long now = System.nanoTime();
        long left = NEVER;
        ProblemType problem = ProblemType.REQUEST_TIMEOUT;
        if (request != null) {
            left = request.deadline().nanoTime() + GRACE_NANOS - now;
            problem = ProblemType.DEADLINE_EXCEEDED;
            long body = bodyLeft(context, request, now);
            if (body < left) {
                left = body;
                problem = ProblemType.REQUEST_TIMEOUT;
            }
        } else if (headOpen) {
            left = limits.headTime().toNanos() - (now - headSince);
        }
        if (left <= 0) {
            expired.accept(context, problem);
        } else if (left != NEVER) {
            wakeIn(context, left, now);
        }
    }

    /// While nobody above asks for more of the body, its silence is not the client's.
    private long bodyLeft(ChannelHandlerContext context, ClientRequest pending, long now) {
        if (!pending.bodyPending()) {
            return NEVER;
        }
        long limit = limits.bodyQuietTime().toNanos();
        return context.channel().config().isAutoRead() ? limit - (now - bodyQuietSince) : limit;
    }
}
