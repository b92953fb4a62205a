/// Which instance of a service gets a request, and which gets it next where the first one fails.
@NullMarked
package io.holdfast.balancing;

import org.jspecify.annotations.NullMarked;
