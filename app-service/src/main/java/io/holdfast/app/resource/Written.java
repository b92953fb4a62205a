package io.holdfast.app.resource;

import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Reached;

/// What a write came to, now or when it was sent first.
///
/// @param repeated whether it had taken place before this request
/// @param note what its key carried the first time: the id of a document that was created
/// @param reached how far it has come by now, at least as far as this request asks
/// @param origin where it was seen
record Written(long version, boolean created, boolean repeated, String note, Reached reached, Origin origin) {}
