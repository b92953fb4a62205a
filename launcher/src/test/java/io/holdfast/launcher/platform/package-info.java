@NullMarked
package io.holdfast.launcher.platform;

import org.jspecify.annotations.NullMarked;
