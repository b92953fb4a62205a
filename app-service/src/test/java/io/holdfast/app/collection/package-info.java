@NullMarked
package io.holdfast.app.collection;

import org.jspecify.annotations.NullMarked;
