package io.holdfast.benchmarks.origin;

import io.holdfast.benchmarks.Durations;
import java.time.Duration;
import java.util.Map;

/// What an origin was told to do.
///
/// @param concurrency requests worked on at a time, 0 for any number. With the mean service time it is the
///     capacity: 8 at 5 ms are 1,600 requests a second
/// @param queue requests that may wait for that; further ones are answered 503 at once
/// @param failureShare the share of requests that fail, 0 to 1
/// @param failureDelay after which the status 500 is sent
/// @param ready what `/readyz` says
/// @param body bytes of an answer's body
/// @param report whether answers carry the header `endpoint-load-metrics`
public record Behaviour(
        ServiceTime serviceTime,
        int concurrency,
        int queue,
        Failure failure,
        double failureShare,
        Duration failureDelay,
        boolean ready,
        int body,
        boolean report) {
    static final Behaviour DEFAULT = new Behaviour(
            new ServiceTime.Fixed(Duration.ZERO), 0, 10_000, Failure.NONE, 1, Duration.ofMillis(1), true, 200, true);

    /// The same with what is named changed: `service-time=fixed:5ms`, `concurrency=8`, …
    ///
    /// @throws IllegalArgumentException names the value and what is allowed
    Behaviour with(Map<String, String> changes) {
        Behaviour changed = this;
        for (Map.Entry<String, String> change : changes.entrySet()) {
            changed = changed.with(change.getKey(), change.getValue());
        }
        return changed;
    }

    private Behaviour with(String name, String value) {
        ServiceTime time = serviceTime;
        int slots = concurrency;
        int places = queue;
        Failure kind = failure;
        double share = failureShare;
        Duration delay = failureDelay;
        boolean isReady = ready;
        int bytes = body;
        boolean reports = report;
        switch (name) {
            case "service-time" -> time = ServiceTime.parse(value);
            case "concurrency" -> slots = number(name, value, 100_000);
            case "queue" -> places = number(name, value, 1_000_000);
            case "failure" -> kind = Failure.parse(value);
            case "failure-share" -> share = share(value);
            case "failure-delay" -> delay = Durations.parse(value);
            case "ready" -> isReady = Boolean.parseBoolean(value);
            case "body" -> bytes = number(name, value, 1 << 20);
            case "report" -> reports = Boolean.parseBoolean(value);
            default ->
                throw new IllegalArgumentException(
                        "There is no setting '%s'. Use service-time, concurrency, queue, failure, failure-share,"
                                        .formatted(name)
                                + " failure-delay, ready, body or report.");
        }
        return new Behaviour(time, slots, places, kind, share, delay, isReady, bytes, reports);
    }

    private static int number(String name, String value, int most) {
        int number = Integer.parseInt(value);
        if (number < 0 || number > most) {
            throw new IllegalArgumentException("%s is %s, but must be from 0 to %d.".formatted(name, value, most));
        }
        return number;
    }

    private static double share(String value) {
        double share = Double.parseDouble(value);
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("failure-share is %s, but must be from 0 to 1.".formatted(value));
        }
        return share;
    }
}
