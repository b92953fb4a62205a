package io.holdfast.app.listing;

import io.holdfast.app.document.DocumentJson;
import io.holdfast.app.json.JsonStrings;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.RecordStore;
import io.holdfast.storage.api.StoredRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes one page, `{"items":[…],"next":…}`, while it is being read. Once its first documents are
/// read it can always be completed: where the storage gives no more, the page ends early and its
/// cursor goes on from there. Thread-safe.
final class PageWriter {
    private final RecordStore store;
    private final Cursors cursors;
    private final ListingProperties properties;

    PageWriter(RecordStore store, Cursors cursors, ListingProperties properties) {
        this.store = store;
        this.cursors = cursors;
        this.properties = properties;
    }

    /// @param first the first records of the listing
    void write(Listing listing, Outcome.Page first, OutputStream out) throws IOException {
        writeAscii("{\"items\":[", out);
        Listing rest = listing;
        long bytes = 0;
        Outcome.@Nullable Page page = first;
        @Nullable String next = listing.after();
        while (page != null) {
            for (StoredRecord stored : page.records()) {
                writeAscii(bytes == 0 ? "" : ",", out);
                DocumentJson.write(stored, out);
                bytes += stored.content().bytes().length;
            }
            next = page.next();
            rest = next == null ? rest : rest.behind(next, page.records().size());
            boolean full = rest.limit() == 0 || bytes >= properties.maxSize().toBytes();
            page = next == null || full ? null : read(rest.scan(properties.scanDocumentsAfter(page)));
        }
        writeAscii("],\"next\":", out);
        out.write(
                next == null
                        ? "null".getBytes(StandardCharsets.US_ASCII)
                        : JsonStrings.encode(cursors.issue(listing.collection(), listing.prefix(), next)));
        out.write('}');
    }

    private Outcome.@Nullable Page read(Operation.Scan scan) {
        try {
            return store.execute(scan);
        } catch (ProblemException e) {
            if (e.type().retriable()) {
                return null;
            }
            throw e;
        }
    }

    private static void writeAscii(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
