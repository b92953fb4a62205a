package io.holdfast.balancing.strategy;

/// Why a strategy prefers one instance to another.
///
/// @param value what is compared
/// @param meaning which way it counts, and what it was made from
public record Score(double value, String meaning) {}
