/// What a client is given with a write, to ask later what became of it, and to see it in what it reads.
@NullMarked
package io.holdfast.app.proof;

import org.jspecify.annotations.NullMarked;
