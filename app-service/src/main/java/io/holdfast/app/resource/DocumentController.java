package io.holdfast.app.resource;

import io.holdfast.app.address.Address;
import io.holdfast.app.address.Query;
import io.holdfast.app.admission.MemoryBudget;
import io.holdfast.app.condition.Conditions;
import io.holdfast.app.consistency.ConsistencyHeader;
import io.holdfast.app.content.Body;
import io.holdfast.app.content.BodyReader;
import io.holdfast.app.content.MediaTypes;
import io.holdfast.app.document.DocumentJson;
import io.holdfast.app.document.DocumentRules;
import io.holdfast.app.durability.DurabilityHeader;
import io.holdfast.app.idempotency.Idempotency;
import io.holdfast.app.idempotency.RequestKey;
import io.holdfast.app.json.MergePatch;
import io.holdfast.app.proof.Proofs;
import io.holdfast.app.proof.Receipts;
import io.holdfast.storage.api.Consistency;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Namespace;
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
    private static final byte[] NO_BODY = {};

    private final DocumentStore store;
    private final Patches patches;
    private final DocumentRules rules;
    private final BodyReader bodies;
    private final MemoryBudget memory;
    private final Idempotency idempotency;
    private final Receipts receipts;

    DocumentController(
            DocumentStore store,
            Patches patches,
            DocumentRules rules,
            BodyReader bodies,
            MemoryBudget memory,
            Idempotency idempotency,
            Receipts receipts) {
        this.receipts = receipts;
        this.store = store;
        this.patches = patches;
        this.rules = rules;
        this.bodies = bodies;
        this.memory = memory;
        this.idempotency = idempotency;
    }

    @GetMapping(DOCUMENT)
    void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Namespace collection = Address.collection(request);
        String id = Address.id(request);
        Query.of(request);
        MediaTypes.requireAcceptsJson(request);
        Conditions conditions = Conditions.of(request);
        Consistency consistency = ConsistencyHeader.asked(request);
        long withoutMemory = answerIfMemory(store.get(collection, id, consistency), conditions, request, response);
        if (withoutMemory > 0) {
            // The bytes are let go while this waits, or those who wait would be what fills the memory.
            try (MemoryBudget.Lease _ = memory.reserve(withoutMemory)) {
                answer(store.get(collection, id, consistency), conditions, request, response);
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
            Content content = rules.content(body.bytes());
            RequestKey key = idempotency.of(request, body.bytes());
            Written written = idempotency.exclusively(
                    key, collection, id, () -> store.put(collection, id, content, options, conditions, key));
            response.setStatus(written.created() ? HttpServletResponse.SC_CREATED : HttpServletResponse.SC_OK);
            sendWritten(response, id, written, options, key);
        }
    }

    @PostMapping(DOCUMENTS)
    void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Namespace collection = Address.collection(request);
        WriteOptions options = options(request);
        MediaTypes.requireContent(request, MediaTypes.JSON);
        MediaTypes.requireAcceptsJson(request);
        try (Body body = bodies.read(request, rules.mostBytes())) {
            Content content = rules.content(body.bytes());
            RequestKey key = idempotency.of(request, body.bytes());
            String candidate = idempotency.newId(key);
            Written written = idempotency.exclusively(
                    key, collection, candidate, () -> create(collection, candidate, content, options, key));
            String id = written.note();
            response.setStatus(HttpServletResponse.SC_CREATED);
            response.setHeader(HttpHeaders.LOCATION, Address.path(collection, id));
            sendWritten(response, id, written, options, key);
        }
    }

    private Written create(Namespace collection, String id, Content content, WriteOptions options, RequestKey key) {
        Written written = store.create(collection, id, content, options, key);
        // 58 random bits met a second time: as likely as never.
        return written == null ? create(collection, idempotency.newId(key), content, options, key) : written;
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
            RequestKey key = idempotency.of(request, body.bytes());
            MergePatch patch = patches.parse(body.bytes());
            Patches.Patched patched = idempotency.exclusively(
                    key, collection, id, () -> patches.apply(collection, id, patch, options, conditions, key));
            answer(response, patched, options, key);
        }
    }

    private static void answer(
            HttpServletResponse response, Patches.Patched patched, WriteOptions options, RequestKey key)
            throws IOException {
        tell(response, patched.written(), options, key);
        response.setHeader(HttpHeaders.ETAG, Conditions.etag(patched.version()));
        byte[] document = patched.document();
        if (document == null) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            send(response, document, false);
        }
    }

    @DeleteMapping(DOCUMENT)
    void delete(HttpServletRequest request, HttpServletResponse response) {
        Namespace collection = Address.collection(request);
        String id = Address.id(request);
        Query.of(request);
        WriteOptions options = new WriteOptions(null, DurabilityHeader.asked(request), Proofs.of(request, receipts));
        Conditions conditions = Conditions.of(request);
        RequestKey key = idempotency.of(request, NO_BODY);
        Written written = idempotency.exclusively(
                key, collection, id, () -> store.delete(collection, id, options, conditions, key));
        tell(response, written, options, key);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private WriteOptions options(HttpServletRequest request) {
        return new WriteOptions(
                rules.timeToLive(Query.of(request, DocumentRules.TTL)),
                DurabilityHeader.asked(request),
                Proofs.of(request, receipts));
    }

    /// Tells how far a write has come, and gives what can be shown of it later.
    private static void tell(HttpServletResponse response, Written written, WriteOptions options, RequestKey key) {
        DurabilityHeader.tell(response, written.reached());
        options.proofs().tell(response, written.origin(), written.version(), written.reached());
        if (written.repeated()) {
            Idempotency.mark(key, response);
        }
    }

    private static void sendWritten(
            HttpServletResponse response, String id, Written written, WriteOptions options, RequestKey key)
            throws IOException {
        tell(response, written, options, key);
        response.setHeader(HttpHeaders.ETAG, Conditions.etag(written.version()));
        send(response, DocumentJson.written(id, written.version()), false);
    }

    private static void send(HttpServletResponse response, byte[] json, boolean headOnly) throws IOException {
        response.setContentType(MediaTypes.JSON);
        response.setContentLength(json.length);
        if (!headOnly) {
            response.getOutputStream().write(json);
        }
    }
}
