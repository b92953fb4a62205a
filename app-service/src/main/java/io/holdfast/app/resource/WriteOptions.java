package io.holdfast.app.resource;

import io.holdfast.app.proof.Proofs;
import io.holdfast.storage.api.Durability;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a request asks of its write, besides the document.
///
/// @param timeToLive null: not given
/// @param durability null: as the storage is configured
/// @param proofs what its answer is to carry
record WriteOptions(@Nullable Duration timeToLive, @Nullable Durability durability, Proofs proofs) {
    WriteOptions withTimeToLive(@Nullable Duration other) {
        return new WriteOptions(other, durability, proofs);
    }
}
