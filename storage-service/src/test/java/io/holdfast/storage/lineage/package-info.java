@NullMarked
package io.holdfast.storage.lineage;

import org.jspecify.annotations.NullMarked;
