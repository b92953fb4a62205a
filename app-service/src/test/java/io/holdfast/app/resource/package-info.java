@NullMarked
package io.holdfast.app.resource;

import org.jspecify.annotations.NullMarked;
