@NullMarked
package io.holdfast.benchmarks.pick;

import org.jspecify.annotations.NullMarked;
