/// Reads what an instance says of itself in the headers of its answers: its load, and that it stops.
@NullMarked
package io.holdfast.balancing.spring.report;

import org.jspecify.annotations.NullMarked;
