/// What an instance tells its callers in the headers of its answers: how loaded it is, and that it
/// is about to stop.
@NullMarked
package io.holdfast.signals;

import org.jspecify.annotations.NullMarked;
