/// Finds the instances to watch, so that they need not know of their watcher.
@NullMarked
package io.holdfast.admin.discovery;

import org.jspecify.annotations.NullMarked;
