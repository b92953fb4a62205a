/// Tables for people, in a terminal.
@NullMarked
package io.holdfast.launcher.table;

import org.jspecify.annotations.NullMarked;
