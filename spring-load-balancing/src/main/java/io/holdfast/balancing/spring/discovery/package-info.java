/// Finds the instances of a service by name, again and again.
@NullMarked
package io.holdfast.balancing.spring.discovery;

import org.jspecify.annotations.NullMarked;
