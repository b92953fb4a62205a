package io.holdfast.app.bulk;

import io.holdfast.app.admission.MemoryBudget;
import io.holdfast.app.concurrency.Fork;
import io.holdfast.app.document.DocumentRules;
import io.holdfast.app.idempotency.RequestKey;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Precondition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One import: reads lines, gathers them in batches and has a few batches written at once. Lines
/// with one id are written in their order, as no two batches with that id are under way together.
/// When the batches under way or the memory for them are used up, it reads no further, and the
/// client has to wait. Not thread-safe.
final class Import {
    /// The batch itself, the message to the storage, and its growth.
    private static final int COPIES = 3;
    /// What a batch may take once the storage did not come back for another one.
    private static final Duration IMPATIENT = Duration.ofMillis(250);

    private final Namespace collection;
    private final @Nullable Duration timeToLive;
    private final @Nullable Durability durability;
    private final DocumentRules rules;
    private final BatchWriter writer;
    private final MemoryBudget memory;
    private final BulkProperties properties;
    private final Tally tally;
    private final RequestKey key;

    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private final AtomicBoolean storageAnswers = new AtomicBoolean(true);
    private Batch batch = new Batch();

    private record UnderWay(Batch batch, Fork<Boolean> fork) {}

    Import(
            Namespace collection,
            @Nullable Duration timeToLive,
            @Nullable Durability durability,
            DocumentRules rules,
            BatchWriter writer,
            MemoryBudget memory,
            BulkProperties properties,
            RequestKey key) {
        this.key = key;
        this.collection = collection;
        this.timeToLive = timeToLive;
        this.durability = durability;
        this.rules = rules;
        this.writer = writer;
        this.memory = memory;
        this.properties = properties;
        this.tally = new Tally(properties.maxFailures());
    }

    /// Writes all lines. Where the body breaks off, what was read before may have been written.
    Tally run(Lines lines) throws IOException {
        try {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                checkSize(lines);
                if (!line.isBlank()) {
                    take(line);
                }
            }
            send();
        } finally {
            underWay.forEach(sent -> sent.fork().join());
        }
        return tally;
    }

    private void checkSize(Lines lines) {
        if (lines.bytesRead() > properties.maxSize().toBytes()) {
            throw new ProblemException(
                    ProblemType.BODY_TOO_LARGE,
                    "An import may have at most %,d bytes. The lines before that may have been written; send the rest "
                                    .formatted(properties.maxSize().toBytes())
                            + "in further requests.");
        }
    }

    private void take(Line line) {
        BulkLine document;
        try {
            document = BulkLine.parse(line, rules);
        } catch (ProblemException e) {
            tally.failed(line.number(), null, e.type(), e.detail());
            return;
        }
        waitForEarlier(document.id());
        boolean full = batch.size() == properties.batchDocuments()
                || batch.bytes() + line.size() > properties.batchSize().toBytes();
        if (full && batch.size() > 0 && !batch.has(document.id())) {
            send();
        }
        batch.add(
                line.number(),
                new Operation.Put(
                        collection,
                        document.id(),
                        document.content(),
                        Precondition.NONE,
                        timeToLive,
                        key.writeId(line.number(), line.bytes()),
                        durability));
    }

    private void waitForEarlier(String id) {
        for (UnderWay sent : underWay) {
            if (sent.batch().has(id)) {
                sent.fork().join();
            }
        }
        underWay.removeIf(sent -> sent.fork().isDone());
    }

    private void send() {
        if (batch.size() == 0) {
            return;
        }
        if (underWay.size() == properties.batchesInFlight()) {
            underWay.remove().fork().join();
        }
        Duration time = storageAnswers.get() ? properties.batchTimeout() : IMPATIENT;
        Batch full = batch;
        MemoryBudget.Lease lease = reserve(full);
        underWay.add(new UnderWay(full, Fork.start(time, () -> write(full, lease))));
        batch = new Batch();
    }

    private MemoryBudget.Lease reserve(Batch full) {
        return Deadline.in(properties.batchTimeout())
                .<MemoryBudget.Lease, RuntimeException>call(() -> memory.reserve(COPIES * full.bytes()));
    }

    private boolean write(Batch full, MemoryBudget.Lease lease) {
        try (lease) {
            boolean answered = writer.write(full, tally);
            storageAnswers.set(answered);
            return answered;
        }
    }
}
