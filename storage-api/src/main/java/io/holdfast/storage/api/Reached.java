package io.holdfast.storage.api;

/// How far a write has come, as Redis itself said: never what is merely hoped for.
///
/// @param replicas how many replicas have confirmed it at this level; at [Durability#MEMORY] how many
///     did although more were needed
public record Reached(Durability level, int replicas) {
    /// The primary has it, and nobody was asked for more.
    public static final Reached MEMORY = new Reached(Durability.MEMORY, 0);

    public boolean satisfies(Durability asked) {
        return level.compareTo(asked) >= 0;
    }

    /// Of two writes what holds of both.
    public Reached weaker(Reached other) {
        int compared = level.compareTo(other.level);
        if (compared != 0) {
            return compared < 0 ? this : other;
        }
        return replicas <= other.replicas ? this : other;
    }

    /// `replicated; replicas=1`
    public String text() {
        return level.label() + "; replicas=" + replicas;
    }
}
