@NullMarked
package io.holdfast.app.description;

import org.jspecify.annotations.NullMarked;
