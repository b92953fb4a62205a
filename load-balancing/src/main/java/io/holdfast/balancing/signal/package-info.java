/// What a caller observes of one instance, and what the instance reports of itself.
@NullMarked
package io.holdfast.balancing.signal;

import org.jspecify.annotations.NullMarked;
