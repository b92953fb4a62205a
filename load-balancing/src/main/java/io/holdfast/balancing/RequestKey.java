package io.holdfast.balancing;

/// What a strategy may know of a request. Requests with the same key may be kept together.
///
/// @param hash spread evenly over all 64 bits
public record RequestKey(long hash) {
    /// Of a request that belongs with no other.
    public static final RequestKey NONE = new RequestKey(0);
}
