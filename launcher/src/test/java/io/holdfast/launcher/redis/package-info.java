@NullMarked
package io.holdfast.launcher.redis;

import org.jspecify.annotations.NullMarked;
