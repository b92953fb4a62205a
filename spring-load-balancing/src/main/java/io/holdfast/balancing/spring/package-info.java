/// The upstream services of a Spring application: configured, probed, watched, and offered to
/// Spring Cloud LoadBalancer.
@NullMarked
package io.holdfast.balancing.spring;

import org.jspecify.annotations.NullMarked;
