@NullMarked
package io.holdfast.app.listing;

import org.jspecify.annotations.NullMarked;
