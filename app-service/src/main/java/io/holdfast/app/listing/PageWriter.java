package io.holdfast.app.listing;

import io.holdfast.app.document.DocumentJson;
import io.holdfast.app.json.JsonStrings;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.RecordStore;
import io.holdfast.storage.api.StoredRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes one page, `{"items":[…],"next":…}`, while it is being read. Once its first documents are read it can
/// always be completed: where the storage gives no more, the page ends early and its cursor goes on from there.
/// Thread-safe.
final class PageWriter {
    private final RecordStore store;
    private final Cursors cursors;
    private final int scanSize;
    private final long mostBytes;

    PageWriter(RecordStore store, Cursors cursors, ListingProperties properties) {
        this.store = store;
        this.cursors = cursors;
        this.scanSize = properties.scanSize();
        this.mostBytes = properties.maxSize().toBytes();
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
            page = next == null || rest.limit() == 0 || bytes >= mostBytes ? null : read(rest);
        }
        writeAscii("],\"next\":", out);
        out.write(
                next == null
                        ? "null".getBytes(StandardCharsets.US_ASCII)
                        : JsonStrings.encode(cursors.issue(listing.collection(), listing.prefix(), next)));
        out.write('}');
    }

    private Outcome.@Nullable Page read(Listing rest) {
        try {
            return store.execute(rest.scan(scanSize));
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
