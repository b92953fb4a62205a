package io.holdfast.storage.api;

/// A record as it stands in the storage.
///
/// @param key its name within the namespace
/// @param version grows with every write of this key, also across deletion and re-creation
/// @param expiresAtMillis when it ends, in milliseconds since the epoch; [#NEVER] if it does not
public record StoredRecord(String key, long version, long expiresAtMillis, Content content) {
    /// The expiry of a record that stays.
    public static final long NEVER = 0;
}
