package io.holdfast.balancing.spring.discovery;

import io.netty.channel.EventLoop;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Follows the instances of one service in the DNS. Nobody waits for it: it asks again before an
/// answer has become too old, and what was found last stays in use for as long as nothing better is
/// known, be it that the name servers are silent, or that they deny there is anything.
public final class DnsDiscovery {
    private static final Logger log = LoggerFactory.getLogger(DnsDiscovery.class);

    private final String service;
    private final DnsName name;
    private final Lookup lookup;
    private final EventLoop loop;
    private final Consumer<Map<URI, Double>> found;
    private final AtomicLong failures = new AtomicLong();
    private volatile @Nullable String trouble = "not looked up yet";
    private volatile int instances;
    private volatile long lastFoundNanos = System.nanoTime();
    private volatile @Nullable Disposable underWay;
    private boolean troubleKnown;
    private volatile boolean closed;

    DnsDiscovery(String service, DnsName name, DnsClient client, EventLoop loop, Consumer<Map<URI, Double>> found) {
        this.service = service;
        this.name = name;
        this.lookup = new Lookup(client, name);
        this.loop = loop;
        this.found = found;
    }

    void start() {
        loop.execute(this::look);
    }

    /// Runs on the loop, as all that follows it does, so that only one look-up is under way.
    private void look() {
        if (closed) {
            return;
        }
        underWay = lookup.find()
                .timeout(name.timeout().multipliedBy(8)) // bounds the look-ups of all targets of SRV records
                .publishOn(Schedulers.fromExecutor(loop))
                .onErrorResume(error -> {
                    failed(DnsFailure.textOf(error));
                    return Mono.empty();
                })
                .doOnNext(this::succeeded)
                .map(Lookup.Found::ttlSeconds)
                .defaultIfEmpty(0L)
                .subscribe(
                        this::lookAgainAfter,
                        error -> { // a fault of whoever listens; the look-ups must go on
                            log.error("The instances found for {} were not taken", service, error);
                            lookAgainAfter(0);
                        });
    }

    private void lookAgainAfter(long ttlSeconds) {
        Duration ttl = Duration.ofSeconds(ttlSeconds);
        Duration used = ttl.compareTo(name.refresh()) < 0 ? ttl : name.refresh();
        Duration pause = used.compareTo(name.minTtl()) > 0 ? used : name.minTtl();
        if (!closed) {
            var _ = loop.schedule(this::look, pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void succeeded(Lookup.Found answer) {
        if (troubleKnown) {
            log.info(
                    "{} is found again: {} has {} instances",
                    service,
                    name.name(),
                    answer.weights().size());
        }
        troubleKnown = false;
        trouble = null;
        instances = answer.weights().size();
        lastFoundNanos = System.nanoTime();
        found.accept(answer.weights());
    }

    /// Logged once, until it ends.
    private void failed(String why) {
        failures.incrementAndGet();
        trouble = why;
        if (!troubleKnown) {
            troubleKnown = true;
            log.warn("{} cannot be looked up as {}: {}. {}", service, name.name(), why, inUse());
        }
    }

    private String inUse() {
        return instances == 0
                ? "No instance is known"
                : "The %d instances found before stay in use".formatted(instances);
    }

    public String service() {
        return service;
    }

    /// Look-ups that came to nothing.
    public long failures() {
        return failures.get();
    }

    /// The time since the instances were last found, or since the start.
    public double ageSeconds() {
        return (double) (System.nanoTime() - lastFoundNanos) / TimeUnit.SECONDS.toNanos(1);
    }

    /// For people.
    public String state() {
        String why = trouble;
        return why == null
                ? "%s has %d instances".formatted(name.name(), instances)
                : "%s: %s. %s".formatted(name.name(), why, inUse());
    }

    void close() {
        closed = true;
        Disposable last = underWay;
        if (last != null) {
            last.dispose();
        }
    }
}
