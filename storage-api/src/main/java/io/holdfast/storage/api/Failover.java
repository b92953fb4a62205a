package io.holdfast.storage.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// That one incarnation of a primary took the place of another one, in some partitions: a replica was
/// promoted, a server was started again, partitions moved, or a primary that had been without any
/// replica for long gave itself another id.
///
/// @param atMillis when it was noticed first, in milliseconds since 1970
/// @param closed the incarnation that ended, null where the partitions were empty
/// @param partitions their numbers, in order
/// @param lost how many writes were acknowledged and are lost, as far as those know who acknowledged them
public record Failover(long atMillis, @Nullable String closed, String opened, List<Integer> partitions, long lost) {}
