@NullMarked
package io.holdfast.app.consistency;

import org.jspecify.annotations.NullMarked;
