@NullMarked
package io.holdfast.gateway.listener;

import org.jspecify.annotations.NullMarked;
