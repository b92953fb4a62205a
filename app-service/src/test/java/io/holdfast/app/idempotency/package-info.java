@NullMarked
package io.holdfast.app.idempotency;

import org.jspecify.annotations.NullMarked;
