/// The command line.
@NullMarked
package io.holdfast.benchmarks.command;

import org.jspecify.annotations.NullMarked;
