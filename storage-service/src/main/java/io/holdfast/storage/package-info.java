/// The storage service: records over Redis.
@NullMarked
package io.holdfast.storage;

import org.jspecify.annotations.NullMarked;
