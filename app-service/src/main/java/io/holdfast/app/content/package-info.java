/// Bodies and their media types: what a request may carry, how much of it, and what it accepts.
@NullMarked
package io.holdfast.app.content;

import org.jspecify.annotations.NullMarked;
