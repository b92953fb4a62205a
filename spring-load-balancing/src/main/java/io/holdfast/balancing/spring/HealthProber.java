package io.holdfast.balancing.spring;

import io.holdfast.balancing.Instance;
import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.spring.report.InstanceHeaders;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/// Asks every instance, again and again, whether it is ready, and hears how loaded it is. Each probe
/// makes a connection of its own: it is what the next caller will have to do. An instance has one
/// probe under way at most, and all together have a limit; who finds it reached waits for the next
/// look, a twentieth of the interval later. One that was just discovered is probed at once.
final class HealthProber implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HealthProber.class);
    private static final int OK = 200;
    private static final int LOOKS_PER_INTERVAL = 20;

    private final LoadBalancingProperties.Probe settings;
    private final InstanceHeaders headers;
    private final HttpClient client = HttpClient.create(ConnectionProvider.newConnection());
    private final Scheduler thread = Schedulers.newSingle("health-probes", true);
    private final AtomicInteger underWay = new AtomicInteger();
    private final Collection<Upstream> upstreams;
    private final ProbeTimes times;
    private final Disposable.Swap running = Disposables.swap();

    HealthProber(Collection<Upstream> upstreams, LoadBalancingProperties.Probe settings, InstanceHeaders headers) {
        this.upstreams = upstreams;
        this.settings = settings;
        this.headers = headers;
        this.times = new ProbeTimes(settings.interval().toNanos(), ThreadLocalRandom::current);
    }

    void start() {
        Duration between = settings.interval().dividedBy(LOOKS_PER_INTERVAL);
        running.update(Flux.interval(Duration.ZERO, between, thread)
                .onBackpressureDrop()
                .subscribe(_ -> look(), error -> log.error("Probing ended", error)));
    }

    private void look() {
        long now = System.nanoTime();
        for (Upstream upstream : upstreams) {
            try {
                for (Instance instance : upstream.members()) {
                    if (underWay.get() < settings.concurrency() && times.take(instance, now)) {
                        probe(upstream, instance);
                    }
                }
            } catch (RuntimeException e) {
                log.error("Probing {} failed and goes on", upstream.service(), e);
            }
        }
        times.retain(upstreams);
    }

    private void probe(Upstream upstream, Instance instance) {
        long start = System.nanoTime();
        underWay.incrementAndGet();
        var _ = client.get()
                .uri(instance.uri() + settings.path())
                .response()
                .timeout(settings.timeout())
                .doFinally(_ -> {
                    underWay.decrementAndGet();
                    times.done(instance);
                })
                .subscribe(
                        answer -> answered(upstream, instance, answer, start),
                        error -> upstream.unready(
                                instance, TransportFailure.of(error).why()));
    }

    private void answered(Upstream upstream, Instance instance, HttpClientResponse answer, long start) {
        int status = answer.status().code();
        if (status == OK) {
            upstream.ready(instance, start);
        } else {
            upstream.unready(instance, "answered " + status);
        }
        headers.read(upstream, instance, answer.responseHeaders()::get);
    }

    @Override
    public void close() {
        running.dispose();
        thread.dispose();
    }
}
