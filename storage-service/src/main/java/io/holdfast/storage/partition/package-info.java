/// Where records lie: partitions, their hash tags and their keys.
@NullMarked
package io.holdfast.storage.partition;

import org.jspecify.annotations.NullMarked;
