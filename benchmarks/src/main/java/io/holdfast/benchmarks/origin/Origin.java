package io.holdfast.benchmarks.origin;

import io.holdfast.benchmarks.transport.EventLoops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// One origin on one port. Everything but its constructor runs on its event loop, so nothing is locked.
///
/// Requests are answered one after the other on each connection; a client that pipelines is cut off.
final class Origin {
    private static final int BACKLOG = 4096;

    private final EventLoop loop;
    private final RandomGenerator random;
    private final Capacity capacity;
    private final LoadMeter meter;
    private final Channel server;
    private Behaviour behaviour;
    private ByteBuf ok;
    private ByteBuf failed;
    private long requests;
    private long answered;
    private long failures;
    private long refused;
    private long abandoned;

    /// @param port 0 for any free one
    Origin(EventLoop loop, int port, Behaviour behaviour, long seed) throws InterruptedException {
        this.loop = loop;
        this.behaviour = behaviour;
        random = new SplittableRandom(seed);
        capacity = new Capacity(behaviour.concurrency(), behaviour.queue(), System::nanoTime);
        meter = new LoadMeter(counts());
        ok = Answers.ok(behaviour.body(), "");
        failed = Answers.failed("");
        long tick = TimeUnit.SECONDS.toNanos(1) / LoadMeter.TICKS_PER_SECOND;
        var _ = loop.scheduleAtFixedRate(this::tick, tick, tick, TimeUnit.NANOSECONDS);
        server = new ServerBootstrap()
                .group(loop)
                .channel(EventLoops.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpRequestDecoder(), new OriginConnection(Origin.this));
                    }
                })
                .bind("127.0.0.1", port)
                .sync()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    private void tick() {
        meter.tick(counts());
        makeAnswers();
    }

    private void makeAnswers() {
        String report = behaviour.report() ? meter.report() : "";
        ok = Answers.ok(behaviour.body(), report);
        failed = Answers.failed(report);
    }

    Behaviour behaviour() {
        return behaviour;
    }

    void change(Map<String, String> changes) {
        behaviour = behaviour.with(changes);
        capacity.resize(behaviour.concurrency(), behaviour.queue());
        makeAnswers();
    }

    Counts counts() {
        return new Counts(
                requests,
                answered,
                failures,
                refused,
                abandoned,
                capacity.busy(),
                capacity.waiting(),
                capacity.slots(),
                capacity.busyNanos(),
                System.nanoTime());
    }

    void serve(OriginConnection connection) {
        requests++;
        boolean fails = behaviour.failure() != Failure.NONE && random.nextDouble() < behaviour.failureShare();
        Failure failure = fails ? behaviour.failure() : Failure.NONE;
        switch (failure) {
            case NONE -> work(() -> answer(connection), connection);
            case CUT_OFF -> work(() -> cutOff(connection), connection);
            case STATUS -> later(behaviour.failureDelay().toNanos(), () -> fail(connection));
            case HANG -> failures++;
        }
    }

    private void work(Runnable end, OriginConnection connection) {
        boolean entered = capacity.enter(() -> {
            if (!connection.isOpen()) {
                // Nobody waits for it any more; a server would find out when it reads on.
                abandoned++;
                loop.execute(capacity::leave);
                return;
            }
            later(behaviour.serviceTime().nextNanos(random), () -> {
                end.run();
                capacity.leave();
            });
        });
        if (!entered) {
            refused++;
            connection.answer(Answers.unavailable("queue is full"));
        }
    }

    private void later(long nanos, Runnable task) {
        if (nanos <= 0) {
            task.run();
        } else {
            var _ = loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void answer(OriginConnection connection) {
        if (connection.isOpen()) {
            answered++;
            connection.answer(ok.duplicate());
        } else {
            abandoned++;
        }
    }

    private void fail(OriginConnection connection) {
        failures++;
        connection.answer(failed.duplicate());
    }

    private void cutOff(OriginConnection connection) {
        failures++;
        connection.answerAndClose(ok.slice(0, ok.readableBytes() - Math.max(1, behaviour.body() / 2)));
    }
}
