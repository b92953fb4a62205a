package io.holdfast.balancing.strategy;

/// Hashes for places on the ring.
final class Hash {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private Hash() {}

    static long of(String id) {
        long hash = 0;
        for (int i = 0; i < id.length(); i++) {
            hash = mix(hash + id.charAt(i));
        }
        return hash;
    }

    /// Spreads close numbers over all 64 bits (Steele, Lea, Flood, "Fast Splittable Pseudorandom
    /// Number Generators", 2014).
    static long mix(long value) {
        long z = value * GOLDEN + GOLDEN;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /// From 0 to below 1.
    static double fraction(long hash) {
        return (hash >>> 11) * 0x1p-53;
    }
}
