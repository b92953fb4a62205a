/// How much may be under way at once: requests, bytes of documents, and streams. What comes beyond
/// that is told to come back later instead of taking the process down.
@NullMarked
package io.holdfast.app.admission;

import org.jspecify.annotations.NullMarked;
