package io.holdfast.benchmarks.load;

import io.netty.channel.EventLoop;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Sends each request when its schedule says, whether or not the ones before were answered, and counts its
/// latency from that moment. So a pause of the service is seen by all requests that fell into it, and not
/// only by the one that was under way (what Gil Tene calls coordinated omission).
final class OpenLoop implements Exchange.Listener {
    /// Requests sent before answers are read again, where the generator has to catch up.
    private static final int BATCH = 64;

    private final EventLoop loop;
    private final Load load;
    private final Schedule schedule;
    private final ConnectionPool pool;
    private final SplittableRandom random;
    private final Recorder recorder = new Recorder();
    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private long startNanos;
    private int sent;
    private int ended;

    OpenLoop(EventLoop loop, Target target, Load load) {
        this.loop = loop;
        this.load = load;
        random = new SplittableRandom(load.seed());
        schedule = load.poisson()
                ? Schedule.poisson(load.rate(), load.duration(), random)
                : Schedule.constant(load.rate(), load.duration());
        pool = new ConnectionPool(loop, target, load.connections(), load.waiting(), load.limit());
    }

    CompletableFuture<Result> start() {
        loop.execute(() -> {
            startNanos = System.nanoTime();
            sendDue();
            sweep();
        });
        return result;
    }

    private void sendDue() {
        for (int i = 0; i < BATCH && sent < schedule.size(); i++) {
            long intended = startNanos + schedule.startNanos(sent);
            long early = intended - System.nanoTime();
            if (early > 0) {
                var _ = loop.schedule(this::sendDue, early, TimeUnit.NANOSECONDS);
                return;
            }
            sent++;
            recorder.recordLateness(-early);
            pool.submit(new Exchange(intended, cancelAfter(), this));
        }
        if (sent < schedule.size()) {
            loop.execute(this::sendDue);
        }
    }

    private long cancelAfter() {
        return load.cancelledShare() > 0 && random.nextDouble() < load.cancelledShare()
                ? 1 + random.nextLong(load.cancelWithin().toNanos())
                : 0;
    }

    private void sweep() {
        if (!result.isDone()) {
            pool.sweep();
            var _ = loop.schedule(this::sweep, 50, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void ended(Exchange exchange, Outcome outcome) {
        long now = System.nanoTime();
        recorder.record(outcome, now - exchange.intendedNanos(), 0);
        ended++;
        if (ended == schedule.size()) {
            result.complete(recorder.result((now - startNanos) / 1e9));
            pool.close();
        }
    }
}
