@NullMarked
package io.holdfast.balancing.spring.report;

import org.jspecify.annotations.NullMarked;
