/// Bounds what attempts beyond the first may add to the load of a service.
@NullMarked
package io.holdfast.balancing.retry;

import org.jspecify.annotations.NullMarked;
