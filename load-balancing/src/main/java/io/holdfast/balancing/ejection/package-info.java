/// Takes instances out that do worse than their peers, and lets them prove themselves again.
@NullMarked
package io.holdfast.balancing.ejection;

import org.jspecify.annotations.NullMarked;
