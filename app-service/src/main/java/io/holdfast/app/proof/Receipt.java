package io.holdfast.app.proof;

import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Reached;

/// That a write took place.
///
/// @param reached how far it had come when the receipt was given
record Receipt(Origin origin, long version, Reached reached) {}
