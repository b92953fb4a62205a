/// Tests of the clients' connections: what a request must look like and may cost.
@NullMarked
package io.holdfast.gateway.connection;

import org.jspecify.annotations.NullMarked;
