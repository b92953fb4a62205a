@NullMarked
package io.holdfast.launcher.process;

import org.jspecify.annotations.NullMarked;
