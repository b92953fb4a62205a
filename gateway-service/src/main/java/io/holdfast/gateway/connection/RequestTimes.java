package io.holdfast.gateway.connection;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/// The metric `http.server.requests`, from a request's head to the end of its answer. Recorded here
/// and not by Spring's observation, which costs several microseconds a request. Thread-safe.
final class RequestTimes {
    /// Stands for an answer that never began: the client left, or the connection broke.
    static final int ABORTED = 0;

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    /// The edges of the histogram, from which percentiles over all gateways are reckoned.
    private static final Duration[] EDGES = LongStream.of(
                    1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry meters;
    private final ConcurrentMap<Series, Timer> timers = new ConcurrentHashMap<>();

    RequestTimes(MeterRegistry meters) {
        this.meters = meters;
    }

    void record(HttpMethod method, String target, int status, long nanos) {
        Series series = new Series(METHODS.contains(method) ? method.name() : "OTHER", area(target), status);
        Timer timer = timers.get(series);
        if (timer == null) {
            timer = timers.computeIfAbsent(series, this::timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Series series) {
        return Timer.builder("http.server.requests")
                .description("Time from a request's head to the end of its answer")
                .serviceLevelObjectives(EDGES)
                .tag("method", series.method())
                .tag("uri", series.area())
                .tag("status", series.status() == ABORTED ? "aborted" : Integer.toString(series.status()))
                .register(meters);
    }

    /// Clients choose the target, so only its area is a label.
    static String area(String target) {
        if (target.startsWith("/api/")) {
            return "/api";
        }
        return Probes.contains(target) ? "/probes" : "/other";
    }

    private record Series(String method, String area, int status) {}
}
