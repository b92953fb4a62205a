package io.holdfast.balancing;

/// Whether an instance can take requests, as far as its caller knows.
public sealed interface Health {
    /// The last probe succeeded, and no connection failed since.
    record Healthy() implements Health {}

    /// @param why for people: `connection refused`
    record Unhealthy(String why) implements Health {}

    /// What is assumed of an instance that was not probed yet: it is picked only where none is
    /// healthy.
    Health UNKNOWN = new Unhealthy("not probed yet");

    Health HEALTHY = new Healthy();
}
