/// Documents in and out of a collection, as files with one JSON document a line.
@NullMarked
package io.holdfast.launcher.transfer;

import org.jspecify.annotations.NullMarked;
