package io.holdfast.app.bulk;

import io.holdfast.app.address.Address;
import io.holdfast.app.address.Query;
import io.holdfast.app.admission.MemoryBudget;
import io.holdfast.app.admission.Streams;
import io.holdfast.app.content.MediaTypes;
import io.holdfast.app.document.DocumentRules;
import io.holdfast.app.durability.DurabilityHeader;
import io.holdfast.app.idempotency.Idempotency;
import io.holdfast.app.idempotency.RequestKey;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Namespace;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// The import of many documents.
@RestController
final class BulkController {
    private static final byte[] NOT_READ_YET = {};

    private final DocumentRules rules;
    private final BatchWriter writer;
    private final MemoryBudget memory;
    private final Streams streams;
    private final BulkProperties properties;
    private final Idempotency idempotency;

    BulkController(
            DocumentRules rules,
            BatchWriter writer,
            MemoryBudget memory,
            Streams streams,
            BulkProperties properties,
            Idempotency idempotency) {
        this.idempotency = idempotency;
        this.rules = rules;
        this.writer = writer;
        this.memory = memory;
        this.streams = streams;
        this.properties = properties;
    }

    @PostMapping(Address.COLLECTIONS + "/{collection}/documents:bulk")
    void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Namespace collection = Address.collection(request);
        Duration timeToLive = rules.timeToLive(Query.of(request, DocumentRules.TTL));
        Durability durability = DurabilityHeader.asked(request);
        MediaTypes.requireContent(request, MediaTypes.NDJSON);
        MediaTypes.requireAcceptsJson(request);
        try (Streams.Turn _ = streams.enter(Streams.Kind.TRANSFER)) {
            Lines lines = new Lines(request.getInputStream(), rules.mostBytes());
            RequestKey key = idempotency.of(request, NOT_READ_YET);
            Tally tally =
                    new Import(collection, timeToLive, durability, rules, writer, memory, properties, key).run(lines);
            tally.reached().ifPresent(reached -> DurabilityHeader.tell(response, reached));
            response.setContentType(MediaTypes.JSON);
            tally.write(response.getOutputStream());
        }
    }
}
