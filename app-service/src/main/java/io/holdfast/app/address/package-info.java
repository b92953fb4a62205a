/// What a request's address says, taken literally: collections, ids, query parameters.
@NullMarked
package io.holdfast.app.address;

import org.jspecify.annotations.NullMarked;
