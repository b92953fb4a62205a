@NullMarked
package io.holdfast.app.admission;

import org.jspecify.annotations.NullMarked;
