/// How the gateway writes a problem detail (RFC 9457).
@NullMarked
package io.holdfast.gateway.problem;

import org.jspecify.annotations.NullMarked;
