/// Many writes in one request: a document a line, read and stored as they come.
@NullMarked
package io.holdfast.app.bulk;

import org.jspecify.annotations.NullMarked;
