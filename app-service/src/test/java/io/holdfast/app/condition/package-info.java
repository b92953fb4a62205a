@NullMarked
package io.holdfast.app.condition;

import org.jspecify.annotations.NullMarked;
