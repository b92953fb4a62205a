@NullMarked
package io.holdfast.signals;

import org.jspecify.annotations.NullMarked;
