@NullMarked
package io.holdfast.contract.trace;

import org.jspecify.annotations.NullMarked;
