@NullMarked
package io.holdfast.balancing.spring.discovery;

import org.jspecify.annotations.NullMarked;
