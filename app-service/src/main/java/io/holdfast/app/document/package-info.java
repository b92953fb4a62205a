/// What a document is: its limits, its check, its time to live, and how it looks among others.
@NullMarked
package io.holdfast.app.document;

import org.jspecify.annotations.NullMarked;
