/// How Holdfast is measured. What the packages below share.
@NullMarked
package io.holdfast.benchmarks;

import org.jspecify.annotations.NullMarked;
