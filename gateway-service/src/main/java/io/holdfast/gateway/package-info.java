/// The gateway: the one public entrance, in front of the app services.
@NullMarked
package io.holdfast.gateway;

import org.jspecify.annotations.NullMarked;
