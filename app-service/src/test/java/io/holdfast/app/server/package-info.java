@NullMarked
package io.holdfast.app.server;

import org.jspecify.annotations.NullMarked;
