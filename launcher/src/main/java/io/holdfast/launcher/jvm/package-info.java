/// Service jars as processes that start fast and stay small.
@NullMarked
package io.holdfast.launcher.jvm;

import org.jspecify.annotations.NullMarked;
