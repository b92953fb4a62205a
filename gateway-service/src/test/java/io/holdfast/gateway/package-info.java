/// The gateway as its clients and the services behind it see it.
@NullMarked
package io.holdfast.gateway;

import org.jspecify.annotations.NullMarked;
