@NullMarked
package io.holdfast.balancing;

import org.jspecify.annotations.NullMarked;
