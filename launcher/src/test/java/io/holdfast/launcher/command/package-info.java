@NullMarked
package io.holdfast.launcher.command;

import org.jspecify.annotations.NullMarked;
