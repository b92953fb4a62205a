/// Many documents by their ids in one answer.
@NullMarked
package io.holdfast.app.lookup;

import org.jspecify.annotations.NullMarked;
