@NullMarked
package io.holdfast.app.bulk;

import org.jspecify.annotations.NullMarked;
