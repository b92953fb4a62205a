@NullMarked
package io.holdfast.balancing.retry;

import org.jspecify.annotations.NullMarked;
