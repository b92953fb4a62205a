/// Spring Boot Admin over all instances of the platform. Optional: nothing else depends on it.
@NullMarked
package io.holdfast.admin;

import org.jspecify.annotations.NullMarked;
