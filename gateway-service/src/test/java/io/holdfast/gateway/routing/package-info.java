/// Tests of the package: Which requests go to which service, and what is written on them on the way there and back.
@NullMarked
package io.holdfast.gateway.routing;

import org.jspecify.annotations.NullMarked;
