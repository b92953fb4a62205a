/// The same load through several proxies over the same origins, in one run.
@NullMarked
package io.holdfast.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
