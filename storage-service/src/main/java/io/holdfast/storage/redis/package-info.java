/// The Redis that keeps everything: connection, scripts, and which of its errors pass.
@NullMarked
package io.holdfast.storage.redis;

import org.jspecify.annotations.NullMarked;
