/// Who is at work under an idempotency key, so that two do not work at the same time.
@NullMarked
package io.holdfast.storage.claim;

import org.jspecify.annotations.NullMarked;
