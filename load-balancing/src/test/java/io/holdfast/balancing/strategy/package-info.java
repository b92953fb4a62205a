@NullMarked
package io.holdfast.balancing.strategy;

import org.jspecify.annotations.NullMarked;
