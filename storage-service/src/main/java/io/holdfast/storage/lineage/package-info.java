/// Which incarnations of primaries have held a partition, and so which acknowledged writes survived.
@NullMarked
package io.holdfast.storage.lineage;

import org.jspecify.annotations.NullMarked;
