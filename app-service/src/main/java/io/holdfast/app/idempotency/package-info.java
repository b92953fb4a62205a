/// How a request is known again when it is sent once more, by its client or by the gateway.
@NullMarked
package io.holdfast.app.idempotency;

import org.jspecify.annotations.NullMarked;
