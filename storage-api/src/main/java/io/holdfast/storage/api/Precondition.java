package io.holdfast.storage.api;

/// What must hold of a record for a write to take place.
public sealed interface Precondition {
    /// Nothing: the write always takes place.
    Precondition NONE = new None();

    /// The record must not exist.
    Precondition ABSENT = new Absent();

    /// The record must exist, at any version.
    Precondition PRESENT = new Present();

    /// The record must exist with exactly this version.
    static Precondition version(long version) {
        return new Version(version);
    }

    record None() implements Precondition {}

    record Absent() implements Precondition {}

    record Present() implements Precondition {}

    record Version(long version) implements Precondition {}
}
