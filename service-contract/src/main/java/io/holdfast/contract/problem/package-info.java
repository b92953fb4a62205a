/// Problem details (RFC 9457): the stable types, and the exception that carries one to the edge of a service.
@NullMarked
package io.holdfast.contract.problem;

import org.jspecify.annotations.NullMarked;
