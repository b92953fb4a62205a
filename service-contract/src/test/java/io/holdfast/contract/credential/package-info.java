@NullMarked
package io.holdfast.contract.credential;

import org.jspecify.annotations.NullMarked;
