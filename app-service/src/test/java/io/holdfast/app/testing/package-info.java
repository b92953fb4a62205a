/// What the tests of this service stand on: a storage in memory, and a client that sends any bytes.
@NullMarked
package io.holdfast.app.testing;

import org.jspecify.annotations.NullMarked;
