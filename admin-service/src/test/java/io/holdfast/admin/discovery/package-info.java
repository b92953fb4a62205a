@NullMarked
package io.holdfast.admin.discovery;

import org.jspecify.annotations.NullMarked;
