package io.holdfast.storage.durability;

import io.holdfast.storage.api.Reached;

/// A script's answer, and how far what it wrote had come when the waiting ended: perhaps not as far
/// as was asked for.
public record Confirmed<T>(T answer, Reached reached) {}
