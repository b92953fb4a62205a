/// A Spring Cloud Gateway as its documentation sets it up, to compare with.
@NullMarked
package io.holdfast.benchmarks.stock;

import org.jspecify.annotations.NullMarked;
