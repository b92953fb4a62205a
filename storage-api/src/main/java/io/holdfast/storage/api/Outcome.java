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

    sealed interface Once extends Outcome {}

    sealed interface Recollection extends Outcome {}

    sealed interface Claiming extends Outcome {}

    /// There is no such record, or no such write is kept.
    record Absent() implements Read, Removal, Recollection {}

    /// @param created whether the record did not exist before
    /// @param reached at least what was asked for
    record Stored(long version, boolean created, Reached reached, Origin origin) implements Write {
        public Stored(long version, boolean created, Reached reached) {
            this(version, created, reached, Origin.UNKNOWN);
        }

        public Stored(long version, boolean created) {
            this(version, created, Reached.MEMORY);
        }
    }

    /// @param reached at least what was asked for
    record Removed(long version, Reached reached, Origin origin) implements Removal {
        public Removed(long version, Reached reached) {
            this(version, reached, Origin.UNKNOWN);
        }

        public Removed(long version) {
            this(version, Reached.MEMORY);
        }
    }

    /// The write was applied, but in the time there was it did not come as far as was asked for. It may
    /// still, or it may be lost where the primary dies. Sending it again with its operation id is safe.
    ///
    /// @param version what it made
    /// @param reached how far it is known to have come
    record Unconfirmed(long version, Durability asked, Reached reached, Origin origin) implements Write, Removal {
        public Unconfirmed(long version, Durability asked, Reached reached) {
            this(version, asked, reached, Origin.UNKNOWN);
        }
    }

    /// The precondition did not hold; nothing was changed.
    ///
    /// @param currentVersion the version that stands there, or [#ABSENT]
    record Conflict(long currentVersion) implements Write, Removal {
        /// The current version of a record that does not exist.
        public static final long ABSENT = 0;
    }

    /// The write came now, for the first time as far as is known.
    ///
    /// @param outcome what it came to; where it was refused, nothing is kept of it
    record First(Outcome outcome) implements Once {}

    /// The write had taken place before. Nothing was changed now.
    ///
    /// @param outcome what it came to then
    /// @param note what its key carried then
    record Repeated(Outcome outcome, String note) implements Once, Recollection {}

    /// The key belongs to a write with another fingerprint. Nothing was changed.
    record KeyReused() implements Once, Recollection, Claiming {}

    /// The key is the owner's until the lease ends.
    record Claimed() implements Claiming {}

    /// Another owner is at work under the key.
    record Busy() implements Claiming {}

    /// @param next the last key that was looked at, where the next page goes on; null: this page is the last
    record Page(List<StoredRecord> records, @Nullable String next) implements Outcome {}

    /// @param exists whether the namespace exists; without it the count is 0
    record Size(boolean exists, long records) implements Outcome {}

    record Namespaces(List<String> names) implements Outcome {}

    /// @param existed whether there was such a namespace
    record Dropped(boolean existed) implements Outcome {}

    /// What has become of a write.
    ///
    /// @param detail why, for people
    record Fate(State state, String detail) implements Outcome {
        /// What can be said of a write.
        public enum State {
            /// It stands, or what was written since stands upon it.
            SURVIVED,
            /// Whatever holds its partition now has never had it.
            LOST,
            /// It cannot be told, now or ever.
            UNKNOWN
        }
    }

    /// @param failovers the latest first
    record Failovers(List<Failover> failovers) implements Outcome {}

    /// This operation failed, whatever became of the others that travelled with it.
    record Failed(ProblemType type, String detail) implements Outcome {}
}
