package io.holdfast.benchmarks.origin;

import io.holdfast.benchmarks.transport.EventLoops;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Several origins on ports in a row, all on one event loop.
public final class Origins implements AutoCloseable {
    private static final long SEED = 42;

    private final EventLoopGroup group = EventLoops.single();
    private final List<Origin> origins = new ArrayList<>();

    /// @param firstPort 0 for any free ones
    public Origins(int firstPort, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            int port = firstPort == 0 ? 0 : firstPort + i;
            origins.add(new Origin(group.next(), port, Behaviour.DEFAULT, SEED + i));
        }
    }

    public List<Integer> ports() {
        return origins.stream().map(Origin::port).toList();
    }

    @Override
    public void close() {
        var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
