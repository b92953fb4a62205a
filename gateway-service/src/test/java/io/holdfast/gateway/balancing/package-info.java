@NullMarked
package io.holdfast.gateway.balancing;

import org.jspecify.annotations.NullMarked;
