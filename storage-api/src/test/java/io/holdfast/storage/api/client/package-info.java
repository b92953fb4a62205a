@NullMarked
package io.holdfast.storage.api.client;

import org.jspecify.annotations.NullMarked;
