@NullMarked
package io.holdfast.benchmarks.origin;

import org.jspecify.annotations.NullMarked;
