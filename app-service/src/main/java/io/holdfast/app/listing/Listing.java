package io.holdfast.app.listing;

import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import org.jspecify.annotations.Nullable;

/// What a request wants listed.
///
/// @param prefix only ids that start with it
/// @param after only ids behind it; null: from the start
/// @param limit the most documents
record Listing(
        Namespace collection, String prefix, @Nullable String after, int limit) {
    /// What an export without limit asks for.
    static final int ALL = Integer.MAX_VALUE;

    /// What is left of it once documents were read.
    Listing behind(String last, int read) {
        return new Listing(collection, prefix, last, limit == ALL ? ALL : limit - read);
    }

    Operation.Scan scan(int most) {
        return new Operation.Scan(collection, prefix, after, Math.min(limit, most));
    }
}
