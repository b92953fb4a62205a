@NullMarked
package io.holdfast.launcher.directory;

import org.jspecify.annotations.NullMarked;
