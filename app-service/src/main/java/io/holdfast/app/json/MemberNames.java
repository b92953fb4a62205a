package io.holdfast.app.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The names met so far in one object. Few names are compared one by one; many go to a hash set,
/// whose cost stays bounded even where an attacker chose names with equal hashes (its buckets
/// become trees).
final class MemberNames {
    private static final int FEW = 12;

    private final List<String> few = new ArrayList<>(FEW);
    private @Nullable Set<String> many;

    /// Whether the name is new.
    boolean add(String name) {
        if (many != null) {
            return many.add(name);
        }
        if (few.contains(name)) {
            return false;
        }
        if (few.size() < FEW) {
            return few.add(name);
        }
        many = new HashSet<>(few);
        return many.add(name);
    }
}
