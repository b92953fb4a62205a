@NullMarked
package io.holdfast.app.document;

import org.jspecify.annotations.NullMarked;
