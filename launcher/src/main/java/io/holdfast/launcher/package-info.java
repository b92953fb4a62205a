/// The whole platform as processes of one machine.
@NullMarked
package io.holdfast.launcher;

import org.jspecify.annotations.NullMarked;
