package io.holdfast.storage.redis;

/// How one of several commands ended.
public sealed interface Attempted<T> {
    record Done<T>(T value) implements Attempted<T> {}

    record Failed<T>(RedisFault fault) implements Attempted<T> {}
}
