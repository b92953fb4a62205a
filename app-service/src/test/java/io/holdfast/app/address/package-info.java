@NullMarked
package io.holdfast.app.address;

import org.jspecify.annotations.NullMarked;
