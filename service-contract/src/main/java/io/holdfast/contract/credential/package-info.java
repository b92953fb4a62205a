/// The platform's internal credential: what one tier shows the next.
@NullMarked
package io.holdfast.contract.credential;

import org.jspecify.annotations.NullMarked;
