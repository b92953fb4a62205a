/// Which failovers there were, and what they lost.
@NullMarked
package io.holdfast.app.failover;

import org.jspecify.annotations.NullMarked;
