package io.holdfast.app.listing;

import io.holdfast.app.concurrency.Backoff;
import io.holdfast.app.concurrency.Fork;
import io.holdfast.app.document.DocumentJson;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.RecordStore;
import io.holdfast.storage.api.StoredRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Writes a listing of any length as lines, as fast as the client takes them. While one page is
/// written the next one is read, and no more, so the memory it takes does not depend on the client.
/// It has no deadline as a whole; each page has. Thread-safe.
final class Export {
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final RecordStore store;
    private final ListingProperties properties;
    private final RandomGenerator random;

    Export(RecordStore store, ListingProperties properties, RandomGenerator random) {
        this.store = store;
        this.properties = properties;
        this.random = random;
    }

    /// @param first the first records of the listing
    /// @throws ProblemException where the storage cannot be read on
    void write(Listing listing, Outcome.Page first, OutputStream out) throws IOException {
        Listing rest = listing;
        Outcome.Page page = first;
        while (true) {
            String next = page.next();
            rest = next == null ? rest : rest.behind(next, page.records().size());
            if (next == null || rest.limit() == 0) {
                write(page, out);
                return;
            }
            page = writeAndRead(page, rest.scan(properties.scanDocumentsAfter(page)), out);
        }
    }

    private Outcome.Page writeAndRead(Outcome.Page page, Operation.Scan behind, OutputStream out) throws IOException {
        try (Fork<Outcome.Page> ahead = Fork.start(properties.retryFor(), () -> read(behind))) {
            write(page, out);
            return ahead.join();
        }
    }

    private static void write(Outcome.Page page, OutputStream out) throws IOException {
        for (StoredRecord stored : page.records()) {
            DocumentJson.writeLine(stored, out);
        }
        out.flush();
    }

    /// Reads a page, again and again until the current deadline.
    private Outcome.Page read(Operation.Scan scan) {
        Deadline end = Deadline.current();
        Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
        while (true) {
            try {
                return Deadline.in(properties.pageTimeout())
                        .<Outcome.Page, RuntimeException>call(() -> store.execute(scan));
            } catch (ProblemException e) {
                if (!e.type().retriable() || end.passed()) {
                    throw e;
                }
            }
            backoff.await();
        }
    }
}
