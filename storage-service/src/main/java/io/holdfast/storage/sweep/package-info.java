/// Takes out what has expired and what dropped namespaces left.
@NullMarked
package io.holdfast.storage.sweep;

import org.jspecify.annotations.NullMarked;
