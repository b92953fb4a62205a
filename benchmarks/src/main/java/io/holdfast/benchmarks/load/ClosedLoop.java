package io.holdfast.benchmarks.load;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// As many senders as connections, each of which waits for its answer before it sends again: as fast as
/// that goes, or at a fixed rate below. What CPU time a request costs is measured like this; latencies are
/// corrected for the requests that a sender could not send while it waited.
final class ClosedLoop {
    private final EventLoop loop;
    private final Load load;
    private final ConnectionPool pool;
    private final Recorder recorder = new Recorder();
    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private final long intervalNanos;
    private long startNanos;
    private long endNanos;
    private int active;

    ClosedLoop(EventLoop loop, Target target, Load load) {
        this.loop = loop;
        this.load = load;
        intervalNanos = load.rate() == 0 ? 0 : Math.round(load.connections() * 1e9 / load.rate());
        pool = new ConnectionPool(loop, target, load.connections(), load.waiting(), load.limit());
    }

    CompletableFuture<Result> start() {
        loop.execute(() -> {
            startNanos = System.nanoTime();
            endNanos = startNanos + load.duration().toNanos();
            active = load.connections();
            for (int i = 0; i < load.connections(); i++) {
                new Sender(startNanos + intervalNanos * i / load.connections()).sendWhenDue();
            }
            sweep();
        });
        return result;
    }

    private void sweep() {
        if (!result.isDone()) {
            pool.sweep();
            var _ = loop.schedule(this::sweep, 50, TimeUnit.MILLISECONDS);
        }
    }

    private void finished(long now) {
        active--;
        if (active == 0) {
            result.complete(recorder.result((now - startNanos) / 1e9));
            pool.close();
        }
    }

    private final class Sender implements Exchange.Listener {
        private long dueNanos;

        Sender(long dueNanos) {
            this.dueNanos = dueNanos;
        }

        void sendWhenDue() {
            long now = System.nanoTime();
            if (now - endNanos >= 0) {
                finished(now);
                return;
            }
            long early = dueNanos - now;
            if (early > 0) {
                var _ = loop.schedule(this::sendWhenDue, early, TimeUnit.NANOSECONDS);
                return;
            }
            recorder.recordLateness(-early);
            pool.submit(new Exchange(now, 0, this));
        }

        @Override
        public void ended(Exchange exchange, Outcome outcome) {
            long now = System.nanoTime();
            recorder.record(outcome, now - exchange.intendedNanos(), intervalNanos);
            dueNanos = Math.max(dueNanos + intervalNanos, now);
            // Not from within: the connection is free only after this.
            loop.execute(this::sendWhenDue);
        }
    }
}
