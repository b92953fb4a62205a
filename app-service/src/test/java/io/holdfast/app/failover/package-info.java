@NullMarked
package io.holdfast.app.failover;

import org.jspecify.annotations.NullMarked;
