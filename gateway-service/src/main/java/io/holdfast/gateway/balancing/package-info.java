/// Sends each request to an instance of its service, and on to another one where that fails.
@NullMarked
package io.holdfast.gateway.balancing;

import org.jspecify.annotations.NullMarked;
