/// Whether the storage can do its work, and what is wrong if not.
@NullMarked
package io.holdfast.storage.health;

import org.jspecify.annotations.NullMarked;
