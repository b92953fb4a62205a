/// Discrete-event simulation of the strategies: the real classes, with time that is only counted.
@NullMarked
package io.holdfast.benchmarks.simulation;

import org.jspecify.annotations.NullMarked;
