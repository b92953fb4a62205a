/// Load at a rate that is fixed in advance, and what came of it.
@NullMarked
package io.holdfast.benchmarks.load;

import org.jspecify.annotations.NullMarked;
