/// Answers that stay: event streams and WebSockets. They have no deadline; they end when nothing passes
/// for long, and properly when their instance or the gateway stops.
@NullMarked
package io.holdfast.gateway.stream;

import org.jspecify.annotations.NullMarked;
