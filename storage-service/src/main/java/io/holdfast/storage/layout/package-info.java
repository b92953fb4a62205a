/// What must be the same in all services that share a Redis, and is checked before anything is written.
@NullMarked
package io.holdfast.storage.layout;

import org.jspecify.annotations.NullMarked;
