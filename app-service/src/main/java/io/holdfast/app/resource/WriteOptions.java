package io.holdfast.app.resource;

import io.holdfast.storage.api.Durability;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a request asks of its write, besides the document.
///
/// @param timeToLive null: not given
/// @param durability null: as the storage is configured
record WriteOptions(@Nullable Duration timeToLive, @Nullable Durability durability) {
    WriteOptions withTimeToLive(@Nullable Duration other) {
        return new WriteOptions(other, durability);
    }
}
