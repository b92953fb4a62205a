package io.holdfast.balancing;

/// What a strategy may know of a request. Requests with the same key may be kept together.
///
/// @param hash spread evenly over all 64 bits; 0 for none
public record RequestKey(long hash) {
    /// Of a request that belongs with no other.
    public static final RequestKey NONE = new RequestKey(0);

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /// The key of a user, a session, a document: FNV-1a over its characters, finished by
    /// MurmurHash3's mixing step, as FNV alone leaves the upper bits of short keys alike.
    public static RequestKey of(CharSequence text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        long mixed = mix(hash);
        return new RequestKey(mixed == 0 ? 1 : mixed);
    }

    private static long mix(long hash) {
        long once = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        long twice = (once ^ (once >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return twice ^ (twice >>> 33);
    }
}
