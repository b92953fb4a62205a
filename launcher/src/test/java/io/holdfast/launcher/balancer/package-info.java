@NullMarked
package io.holdfast.launcher.balancer;

import org.jspecify.annotations.NullMarked;
