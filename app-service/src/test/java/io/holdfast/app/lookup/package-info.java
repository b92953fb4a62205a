@NullMarked
package io.holdfast.app.lookup;

import org.jspecify.annotations.NullMarked;
