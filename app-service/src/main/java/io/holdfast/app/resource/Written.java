package io.holdfast.app.resource;

/// What a write came to, now or when it was sent first.
///
/// @param repeated whether it had taken place before this request
/// @param note what its key carried the first time: the id of a document that was created
record Written(long version, boolean created, boolean repeated, String note) {}
