@NullMarked
package io.holdfast.balancing.ejection;

import org.jspecify.annotations.NullMarked;
