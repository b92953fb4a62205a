/// How a request works in several threads at once, and how it waits between attempts.
@NullMarked
package io.holdfast.app.concurrency;

import org.jspecify.annotations.NullMarked;
