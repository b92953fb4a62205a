@NullMarked
package io.holdfast.storage.api;

import org.jspecify.annotations.NullMarked;
