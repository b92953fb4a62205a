@NullMarked
package io.holdfast.contract.request;

import org.jspecify.annotations.NullMarked;
