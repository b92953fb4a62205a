package io.holdfast.app.resource;

import io.holdfast.app.address.Address;
import io.holdfast.app.address.Query;
import io.holdfast.app.admission.MemoryBudget;
import io.holdfast.app.condition.Conditions;
import io.holdfast.app.content.Body;
import io.holdfast.app.content.BodyReader;
import io.holdfast.app.content.MediaTypes;
import io.holdfast.app.document.DocumentJson;
import io.holdfast.app.document.DocumentRules;
import io.holdfast.app.durability.DurabilityHeader;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.Reached;
import io.holdfast.storage.api.StoredRecord;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/// The calls on one document. They write to the response themselves: a document passes as bytes.
@RestController
final class DocumentController {
    private static final String DOCUMENTS = Address.COLLECTIONS + "/{collection}/documents";
    private static final String DOCUMENT = DOCUMENTS + "/{id}";
    private static final String EXPIRES_AT = "Holdfast-Expires-At";

    private final DocumentStore store;
    private final Patches patches;
    private final DocumentRules rules;
    private final BodyReader bodies;
    private final MemoryBudget memory;
    private final TimeOrderedIds ids;

    DocumentController(
            DocumentStore store,
            Patches patches,
            DocumentRules rules,
            BodyReader bodies,
            MemoryBudget memory,
            TimeOrderedIds ids) {
        this.store = store;
        this.patches = patches;
        this.rules = rules;
        this.bodies = bodies;
        this.memory = memory;
        this.ids = ids;
    }

    @GetMapping(DOCUMENT)
    void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Namespace collection = Address.collection(request);
        String id = Address.id(request);
        Query.of(request);
        MediaTypes.requireAcceptsJson(request);
        Conditions conditions = Conditions.of(request);
        long withoutMemory = answerIfMemory(store.get(collection, id), conditions, request, response);
        if (withoutMemory > 0) {
            // The bytes are let go while this waits, or those who wait would be what fills the memory.
            try (MemoryBudget.Lease _ = memory.reserve(withoutMemory)) {
                answer(store.get(collection, id), conditions, request, response);
            }
        }
    }

    /// @return 0, or how many bytes there is no memory for now; then nothing was answered
    private long answerIfMemory(
            StoredRecord stored, Conditions conditions, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        long size = stored.content().bytes().length;
        try (MemoryBudget.Lease free = memory.tryReserve(size)) {
            if (free == null) {
                return size;
            }
            answer(stored, conditions, request, response);
            return 0;
        }
    }

    private static void answer(
            StoredRecord stored, Conditions conditions, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        conditions.checkIfMatch(stored.version());
        response.setHeader(HttpHeaders.ETAG, Conditions.etag(stored.version()));
        if (stored.expiresAtMillis() != StoredRecord.NEVER) {
            response.setHeader(
                    EXPIRES_AT, Instant.ofEpochMilli(stored.expiresAtMillis()).toString());
        }
        if (conditions.isNotModified(stored.version())) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        } else {
            send(response, stored.content().bytes(), request.getMethod().equals("HEAD"));
        }
    }

    @PutMapping(DOCUMENT)
    void put(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Namespace collection = Address.collection(request);
        String id = Address.id(request);
        WriteOptions options = options(request);
        MediaTypes.requireContent(request, MediaTypes.JSON);
        MediaTypes.requireAcceptsJson(request);
        Conditions conditions = Conditions.of(request);
        try (Body body = bodies.read(request, rules.mostBytes())) {
            Outcome.Stored stored = store.put(collection, id, rules.content(body.bytes()), options, conditions);
            response.setStatus(stored.created() ? HttpServletResponse.SC_CREATED : HttpServletResponse.SC_OK);
            sendWritten(response, id, stored.version(), stored.reached());
        }
    }

    @PostMapping(DOCUMENTS)
    void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Namespace collection = Address.collection(request);
        WriteOptions options = options(request);
        MediaTypes.requireContent(request, MediaTypes.JSON);
        MediaTypes.requireAcceptsJson(request);
        try (Body body = bodies.read(request, rules.mostBytes())) {
            create(collection, rules.content(body.bytes()), options, response);
        }
    }

    private void create(Namespace collection, Content content, WriteOptions options, HttpServletResponse response)
            throws IOException {
        String id = ids.next();
        switch (store.put(collection, id, content, options, Precondition.ABSENT)) {
            case Outcome.Stored(long version, boolean _, Reached reached) -> {
                response.setStatus(HttpServletResponse.SC_CREATED);
                response.setHeader(HttpHeaders.LOCATION, Address.path(collection, id));
                sendWritten(response, id, version, reached);
            }
            case Outcome.Unconfirmed unconfirmed ->
                throw DurabilityHeader.unconfirmed(unconfirmed)
                        .withHeader(HttpHeaders.LOCATION, Address.path(collection, id));
            // 74 random bits met a second time: as likely as never.
            case Outcome.Conflict _ -> create(collection, content, options, response);
        }
    }

    @PatchMapping(DOCUMENT)
    void patch(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Namespace collection = Address.collection(request);
        String id = Address.id(request);
        WriteOptions options = options(request);
        MediaTypes.requireContent(request, MediaTypes.MERGE_PATCH);
        MediaTypes.requireAcceptsJson(request);
        Conditions conditions = Conditions.of(request);
        try (Body body = bodies.read(request, rules.mostBytes())) {
            Patches.Patched patched = patches.apply(collection, id, body.bytes(), options, conditions);
            DurabilityHeader.tell(response, patched.reached());
            response.setHeader(HttpHeaders.ETAG, Conditions.etag(patched.version()));
            send(response, patched.content().bytes(), false);
        }
    }

    @DeleteMapping(DOCUMENT)
    void delete(HttpServletRequest request, HttpServletResponse response) {
        Namespace collection = Address.collection(request);
        String id = Address.id(request);
        Query.of(request);
        Durability durability = DurabilityHeader.asked(request);
        Outcome.Removed removed = store.delete(collection, id, Conditions.of(request), durability);
        DurabilityHeader.tell(response, removed.reached());
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private WriteOptions options(HttpServletRequest request) {
        return new WriteOptions(
                rules.timeToLive(Query.of(request, DocumentRules.TTL)), DurabilityHeader.asked(request));
    }

    private static void sendWritten(HttpServletResponse response, String id, long version, Reached reached)
            throws IOException {
        DurabilityHeader.tell(response, reached);
        response.setHeader(HttpHeaders.ETAG, Conditions.etag(version));
        send(response, DocumentJson.written(id, version), false);
    }

    private static void send(HttpServletResponse response, byte[] json, boolean headOnly) throws IOException {
        response.setContentType(MediaTypes.JSON);
        response.setContentLength(json.length);
        if (!headOnly) {
            response.getOutputStream().write(json);
        }
    }
}
