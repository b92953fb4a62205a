/// Processes that are started, ended by id, and whose CPU time is read.
@NullMarked
package io.holdfast.benchmarks.process;

import org.jspecify.annotations.NullMarked;
