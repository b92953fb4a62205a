/// The network threads of origins and load.
@NullMarked
package io.holdfast.benchmarks.transport;

import org.jspecify.annotations.NullMarked;
