/// The folder in which one platform keeps everything: data, secrets, logs and its state.
@NullMarked
package io.holdfast.launcher.directory;

import org.jspecify.annotations.NullMarked;
