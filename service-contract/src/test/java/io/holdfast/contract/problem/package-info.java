@NullMarked
package io.holdfast.contract.problem;

import org.jspecify.annotations.NullMarked;
