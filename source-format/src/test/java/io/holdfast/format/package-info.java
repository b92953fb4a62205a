/// The formatting of the project's own sources.
@NullMarked
package io.holdfast.format;

import org.jspecify.annotations.NullMarked;
