/// Tests of answers that stay.
@NullMarked
package io.holdfast.gateway.stream;

import org.jspecify.annotations.NullMarked;
