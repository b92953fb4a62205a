/// What ends an exchange early, sorted once and answered as a problem.
@NullMarked
package io.holdfast.gateway.failure;

import org.jspecify.annotations.NullMarked;
