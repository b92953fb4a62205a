/// The strategies: given a snapshot of instances, which one is next.
@NullMarked
package io.holdfast.balancing.strategy;

import org.jspecify.annotations.NullMarked;
