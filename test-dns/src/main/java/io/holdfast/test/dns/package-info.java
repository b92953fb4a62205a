/// A name server that tests tell what to answer and what to suffer from.
@NullMarked
package io.holdfast.test.dns;

import org.jspecify.annotations.NullMarked;
