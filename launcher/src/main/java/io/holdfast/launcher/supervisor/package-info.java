/// Runs the processes of a platform together, and is asked and told what to do by other commands.
@NullMarked
package io.holdfast.launcher.supervisor;

import org.jspecify.annotations.NullMarked;
