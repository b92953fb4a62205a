@NullMarked
package io.holdfast.balancing.signal;

import org.jspecify.annotations.NullMarked;
