package io.holdfast.balancing;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An instance at one moment, for people and tools.
///
/// @param weight configured
/// @param inFlight requests whose answer has not ended
/// @param connections requests that became connections, such as WebSockets
/// @param latencyMillis to the head of the answer, a moving average; null where nothing is known
/// @param cpu reported utilisation; null where none was reported lately
/// @param memory reported utilisation; null where none was reported lately
/// @param requests attempts so far
/// @param failures of these attempts
/// @param ejectedUntil null while it is not ejected
/// @param why the reason of its state
public record InstanceView(
        String id,
        URI uri,
        InstanceState state,
        double weight,
        int inFlight,
        int connections,
        @Nullable Double latencyMillis,
        @Nullable Double cpu,
        @Nullable Double memory,
        long requests,
        long failures,
        @Nullable Instant ejectedUntil,
        String why) {}
