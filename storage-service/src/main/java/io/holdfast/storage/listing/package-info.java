/// The records of a namespace in order, merged from all partitions.
@NullMarked
package io.holdfast.storage.listing;

import org.jspecify.annotations.NullMarked;
