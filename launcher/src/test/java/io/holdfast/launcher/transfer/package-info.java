@NullMarked
package io.holdfast.launcher.transfer;

import org.jspecify.annotations.NullMarked;
