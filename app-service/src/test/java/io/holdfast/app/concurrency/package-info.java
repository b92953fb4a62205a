@NullMarked
package io.holdfast.app.concurrency;

import org.jspecify.annotations.NullMarked;
