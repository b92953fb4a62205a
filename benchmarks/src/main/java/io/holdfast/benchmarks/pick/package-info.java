/// What a pick costs, measured with JMH.
@NullMarked
package io.holdfast.benchmarks.pick;

import org.jspecify.annotations.NullMarked;
