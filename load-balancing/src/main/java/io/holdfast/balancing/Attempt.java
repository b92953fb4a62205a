package io.holdfast.balancing;

import java.time.Duration;

/// One sending of a request to one instance.
///
/// @param limit how long the instance may take
public record Attempt(Instance instance, Duration limit) {}
