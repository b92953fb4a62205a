/// Shows how the platform's services balance over each other.
@NullMarked
package io.holdfast.launcher.balancer;

import org.jspecify.annotations.NullMarked;
