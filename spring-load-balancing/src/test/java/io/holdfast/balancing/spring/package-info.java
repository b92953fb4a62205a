@NullMarked
package io.holdfast.balancing.spring;

import org.jspecify.annotations.NullMarked;
