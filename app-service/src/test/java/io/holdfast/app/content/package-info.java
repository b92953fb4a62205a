@NullMarked
package io.holdfast.app.content;

import org.jspecify.annotations.NullMarked;
