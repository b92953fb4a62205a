/// JSON read strictly and kept byte for byte: what is stored is what was sent.
@NullMarked
package io.holdfast.app.json;

import org.jspecify.annotations.NullMarked;
