package io.holdfast.balancing.spring;

import io.holdfast.balancing.Instance;
import io.holdfast.balancing.Upstream;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/// Asks every instance, again and again, whether it is ready. Each probe makes a connection of its
/// own: it is what the next caller will have to do. An instance has one probe under way at most.
final class HealthProber implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HealthProber.class);
    private static final int OK = 200;

    private final Collection<Upstream> upstreams;
    private final LoadBalancingProperties.Probe settings;
    private final HttpClient client;
    private final Set<Instance> underWay = ConcurrentHashMap.newKeySet();
    private final Disposable.Composite running = Disposables.composite();

    HealthProber(Collection<Upstream> upstreams, LoadBalancingProperties.Probe settings) {
        this.upstreams = upstreams;
        this.settings = settings;
        this.client = HttpClient.create(ConnectionProvider.newConnection());
    }

    void start() {
        for (Upstream upstream : upstreams) {
            probe(upstream);
            running.add(Mono.defer(() -> Mono.delay(untilNext()))
                    .doOnNext(_ -> probe(upstream))
                    .doOnError(e -> log.error("Probing {} failed and goes on", upstream.service(), e))
                    .retry()
                    .repeat()
                    .subscribe());
        }
    }

    private Duration untilNext() {
        long nanos = settings.interval().toNanos();
        return Duration.ofNanos(nanos - nanos / 10 + ThreadLocalRandom.current().nextLong(nanos / 5));
    }

    private void probe(Upstream upstream) {
        for (Instance instance : upstream.members()) {
            if (underWay.add(instance)) {
                probe(upstream, instance);
            }
        }
    }

    private void probe(Upstream upstream, Instance instance) {
        long start = System.nanoTime();
        client.get()
                .uri(instance.uri() + settings.path())
                .response()
                .map(response -> response.status().code())
                .timeout(settings.timeout())
                .doFinally(_ -> underWay.remove(instance))
                .subscribe(
                        status -> answered(upstream, instance, status, start),
                        error -> upstream.unready(
                                instance, TransportFailure.of(error).why()));
    }

    private static void answered(Upstream upstream, Instance instance, int status, long start) {
        if (status == OK) {
            upstream.ready(instance, start);
        } else {
            upstream.unready(instance, "answered " + status);
        }
    }

    @Override
    public void close() {
        running.dispose();
    }
}
