/// One document through the whole platform, beside the stack that is usually built for that.
@NullMarked
package io.holdfast.benchmarks.document;

import org.jspecify.annotations.NullMarked;
