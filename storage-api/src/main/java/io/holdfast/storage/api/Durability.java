package io.holdfast.storage.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// How far a write must have come to count as done, from the weakest level to the strictest.
public enum Durability {
    /// The primary has it in memory. It is lost where the primary dies before a replica has it.
    MEMORY(1),

    /// As many replicas as are asked for have it in memory, too: it survives the death of the primary.
    REPLICATED(2),

    /// It is on the disk of the primary and of as many replicas as are asked for: it also survives
    /// the death of all of them at once.
    DISK(3);

    private final int code;

    Durability(int code) {
        this.code = code;
    }

    /// A number that stays the same, 1 to 3.
    public int code() {
        return code;
    }

    /// The level with this code.
    ///
    /// @throws IllegalArgumentException where there is none
    public static Durability of(int code) {
        return Arrays.stream(values())
                .filter(level -> level.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no level has the code " + code));
    }

    /// `replicated`, as people write it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The level with this label, if there is one.
    public static Optional<Durability> of(String label) {
        return Arrays.stream(values())
                .filter(level -> level.label().equals(label))
                .findFirst();
    }

    /// All labels, `memory, replicated, disk`.
    public static String labels() {
        return Arrays.stream(values()).map(Durability::label).collect(Collectors.joining(", "));
    }
}
