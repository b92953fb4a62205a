@NullMarked
package io.holdfast.app.proof;

import org.jspecify.annotations.NullMarked;
