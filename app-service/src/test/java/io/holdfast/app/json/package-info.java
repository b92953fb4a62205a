@NullMarked
package io.holdfast.app.json;

import org.jspecify.annotations.NullMarked;
