package io.holdfast.contract.request;

/// Tells in a request how durable a write must become, and in an answer how durable it is.
public final class WriteDurability {
    /// The header that carries it. An answer with it tells of a write that took place, whatever its
    /// status: nobody could do better, and the instance that gave it is not at fault.
    public static final String HEADER = "Holdfast-Durability";

    private WriteDurability() {}
}
