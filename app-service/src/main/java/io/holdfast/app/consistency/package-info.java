/// How current reads are to be, as requests ask for it, and the sessions that make reads see writes.
@NullMarked
package io.holdfast.app.consistency;

import org.jspecify.annotations.NullMarked;
