package io.holdfast.storage.api;

import io.holdfast.contract.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an operation came to.
public sealed interface Outcome {
    sealed interface Read extends Outcome {}

    sealed interface Write extends Outcome {}

    sealed interface Removal extends Outcome {}

    record Found(StoredRecord stored) implements Read {}

    /// There is no such record.
    record Absent() implements Read, Removal {}

    /// @param created whether the record did not exist before
    record Stored(long version, boolean created) implements Write {}

    record Removed(long version) implements Removal {}

    /// The precondition did not hold; nothing was changed.
    ///
    /// @param currentVersion the version that stands there, or [#ABSENT]
    record Conflict(long currentVersion) implements Write, Removal {
        /// The current version of a record that does not exist.
        public static final long ABSENT = 0;
    }

    /// @param next the last key that was looked at, where the next page goes on; null: this page is the last
    record Page(List<StoredRecord> records, @Nullable String next) implements Outcome {}

    /// @param exists whether the namespace exists; without it the count is 0
    record Size(boolean exists, long records) implements Outcome {}

    record Namespaces(List<String> names) implements Outcome {}

    /// @param existed whether there was such a namespace
    record Dropped(boolean existed) implements Outcome {}

    /// This operation failed, whatever became of the others that travelled with it.
    record Failed(ProblemType type, String detail) implements Outcome {}
}
