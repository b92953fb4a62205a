/// Operations from app services: the endpoint, and who executes which.
@NullMarked
package io.holdfast.storage.operation;

import org.jspecify.annotations.NullMarked;
