/// Records: their form in Redis, and how they are read and written.
@NullMarked
package io.holdfast.storage.record;

import org.jspecify.annotations.NullMarked;
