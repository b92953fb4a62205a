/// What the platform consists of: how many of what, on which ports, started how.
@NullMarked
package io.holdfast.launcher.platform;

import org.jspecify.annotations.NullMarked;
