/// Puts a platform together: rehearses it once so that its services start fast, and starts it.
@NullMarked
package io.holdfast.launcher.startup;

import org.jspecify.annotations.NullMarked;
