/// Tests of the package: The clients' connections: what a request must look like and may cost before anything else
// looks at it.
@NullMarked
package io.holdfast.gateway.connection;

import org.jspecify.annotations.NullMarked;
