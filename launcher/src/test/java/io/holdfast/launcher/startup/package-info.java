@NullMarked
package io.holdfast.launcher.startup;

import org.jspecify.annotations.NullMarked;
