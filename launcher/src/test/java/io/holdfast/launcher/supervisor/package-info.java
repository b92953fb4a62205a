@NullMarked
package io.holdfast.launcher.supervisor;

import org.jspecify.annotations.NullMarked;
