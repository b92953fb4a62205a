@NullMarked
package io.holdfast.app.durability;

import org.jspecify.annotations.NullMarked;
