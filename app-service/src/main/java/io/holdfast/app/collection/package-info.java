/// Collections: their names, their exact counts, their end.
@NullMarked
package io.holdfast.app.collection;

import org.jspecify.annotations.NullMarked;
