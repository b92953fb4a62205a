package io.holdfast.storage.lineage;

import io.holdfast.storage.partition.Partition;

/// That acknowledged writes of a partition are lost.
///
/// @param incarnation of the primary that did not have them
/// @param id tells the note from all others of this partition and incarnation
record LossNote(Partition partition, String incarnation, String id, long writes) {}
