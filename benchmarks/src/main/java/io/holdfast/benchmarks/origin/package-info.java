/// Origins that behave as told: service time, capacity, failure, and reports of their load.
@NullMarked
package io.holdfast.benchmarks.origin;

import org.jspecify.annotations.NullMarked;
