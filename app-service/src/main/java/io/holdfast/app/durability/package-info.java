/// How durable a write is to be, as requests ask for it and answers tell it.
@NullMarked
package io.holdfast.app.durability;

import org.jspecify.annotations.NullMarked;
