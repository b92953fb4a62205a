package io.holdfast.app.listing;

import io.holdfast.app.address.Address;
import io.holdfast.app.address.Query;
import io.holdfast.app.admission.Streams;
import io.holdfast.app.content.BrokenAnswer;
import io.holdfast.app.content.MediaTypes;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.RecordStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The listing of a collection: a page in JSON, or all of it as lines.
@RestController
final class ListingController {
    private static final int MOST = 1_000;

    private final RecordStore store;
    private final PageWriter pages;
    private final Export export;
    private final Cursors cursors;
    private final Streams streams;
    private final ListingProperties properties;

    ListingController(
            RecordStore store,
            PageWriter pages,
            Export export,
            Cursors cursors,
            Streams streams,
            ListingProperties properties) {
        this.store = store;
        this.pages = pages;
        this.export = export;
        this.cursors = cursors;
        this.streams = streams;
        this.properties = properties;
    }

    @GetMapping(Address.COLLECTIONS + "/{collection}/documents")
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Namespace collection = Address.collection(request);
        Query query = Query.of(request, "prefix", "limit", "cursor");
        String type = MediaTypes.accepted(request, MediaTypes.JSON, MediaTypes.NDJSON);
        boolean lines = type.equals(MediaTypes.NDJSON);
        Listing listing = listing(collection, query, lines ? Listing.ALL : properties.defaultLimit());
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        try (Streams.Turn _ = streams.enter(lines ? Streams.Kind.TRANSFER : Streams.Kind.LISTING)) {
            Outcome.Page first = store.execute(listing.scan(properties.scanDocuments()));
            requireExists(collection, first);
            response.setContentType(type);
            if (!request.getMethod().equals("HEAD")) {
                write(listing, first, lines, response);
            }
        }
    }

    private Listing listing(Namespace collection, Query query, int defaultLimit) {
        String prefix = query.prefix();
        String cursor = query.get("cursor");
        return new Listing(
                collection,
                prefix,
                cursor == null ? null : cursors.open(collection, prefix, cursor),
                query.number("limit", 1, MOST, defaultLimit));
    }

    /// A collection exists beyond doubt if there is something in it.
    private void requireExists(Namespace collection, Outcome.Page first) {
        if (first.records().isEmpty()
                && first.next() == null
                && !store.execute(new Operation.Count(collection)).exists()) {
            throw new ProblemException(
                    ProblemType.COLLECTION_NOT_FOUND,
                    "There is no collection '%s'. It comes into being with its first document."
                            .formatted(collection.name()));
        }
    }

    private void write(Listing listing, Outcome.Page first, boolean lines, HttpServletResponse response)
            throws IOException {
        try {
            if (lines) {
                export.write(listing, first, response.getOutputStream());
            } else {
                pages.write(listing, first, response.getOutputStream());
            }
        } catch (ProblemException e) {
            throw BrokenAnswer.because(e, response);
        }
    }
}
