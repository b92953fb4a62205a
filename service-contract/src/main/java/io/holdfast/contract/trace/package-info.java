/// The trace that a request leaves on its way through the services (W3C Trace Context,
/// OpenTelemetry), and the log lines that belong to it.
@NullMarked
package io.holdfast.contract.trace;

import org.jspecify.annotations.NullMarked;
