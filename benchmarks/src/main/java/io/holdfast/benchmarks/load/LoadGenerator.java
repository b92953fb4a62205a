package io.holdfast.benchmarks.load;

import io.holdfast.benchmarks.transport.EventLoops;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends loads and waits for their results. One thread sends all.
public final class LoadGenerator implements AutoCloseable {
    private static final long GRACE_SECONDS = 30;

    private final EventLoopGroup group = EventLoops.single();

    /// Each request at its own time, answered or not.
    public Result open(Target target, Load load) throws InterruptedException {
        return await(startOpen(target, load), load);
    }

    public CompletableFuture<Result> startOpen(Target target, Load load) {
        return new OpenLoop(group.next(), target, load).start();
    }

    /// Each connection sends when its answer came; rate 0 for as fast as possible.
    public Result closed(Target target, Load load) throws InterruptedException {
        return await(new ClosedLoop(group.next(), target, load).start(), load);
    }

    private static Result await(CompletableFuture<Result> result, Load load) throws InterruptedException {
        long seconds = load.duration().toSeconds() + load.limit().toSeconds() + GRACE_SECONDS;
        try {
            return result.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The load did not end in %d s.".formatted(seconds), e);
        }
    }

    @Override
    public void close() {
        var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
