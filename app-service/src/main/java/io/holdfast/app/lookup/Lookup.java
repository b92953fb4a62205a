package io.holdfast.app.lookup;

import io.holdfast.app.concurrency.Fork;
import io.holdfast.app.document.DocumentJson;
import io.holdfast.app.json.JsonStrings;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Consistency;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.RecordStore;
import io.holdfast.storage.api.StoredRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// One read of many documents: asks for them in chunks, a few at once, and writes them in the order
/// of their ids as they come. Large documents make the chunks smaller, so that the memory stays
/// bounded. Not thread-safe.
final class Lookup {
    private final RecordStore store;
    private final LookupProperties properties;
    private final Namespace collection;
    private final List<String> ids;
    private final Consistency consistency;

    private final Deque<Chunk> underWay = new ArrayDeque<>();
    private final List<String> missing = new ArrayList<>();
    private int asked;
    private int written;
    private int largest = 1;

    private record Chunk(List<String> ids, Fork<List<Outcome>> outcomes) {}

    Lookup(
            RecordStore store,
            LookupProperties properties,
            Namespace collection,
            List<String> ids,
            Consistency consistency) {
        this.consistency = consistency;
        this.store = store;
        this.properties = properties;
        this.collection = collection;
        this.ids = ids;
    }

    /// Writes `{"items":[…],"missing":[…]}`.
    ///
    /// @throws ProblemException where the storage does not give a document
    void write(OutputStream out) throws IOException {
        try {
            ask();
            writeText("{\"items\":[", out);
            while (!underWay.isEmpty()) {
                Chunk chunk = underWay.remove();
                List<Outcome> outcomes = chunk.outcomes().join();
                for (int i = 0; i < outcomes.size(); i++) {
                    write(chunk.ids().get(i), outcomes.get(i), out);
                }
                ask();
            }
        } finally {
            underWay.forEach(chunk -> chunk.outcomes().close());
        }
        writeMissing(out);
    }

    private void ask() {
        while (asked < ids.size() && underWay.size() < properties.chunksInFlight()) {
            int fitting = Math.clamp(properties.chunkSize().toBytes() / largest, 1, properties.chunkDocuments());
            List<String> chunk = ids.subList(asked, Math.min(ids.size(), asked + fitting));
            asked += chunk.size();
            List<Operation.Get> gets = chunk.stream()
                    .map(id -> new Operation.Get(collection, id, consistency))
                    .toList();
            underWay.add(new Chunk(chunk, Fork.start(properties.chunkTimeout(), () -> store.executeAll(gets))));
        }
    }

    private void write(String id, Outcome outcome, OutputStream out) throws IOException {
        switch (outcome) {
            case Outcome.Found(StoredRecord stored) -> {
                writeText(written++ == 0 ? "" : ",", out);
                DocumentJson.write(stored, out);
                largest = Math.max(largest, stored.content().bytes().length);
            }
            case Outcome.Absent _ -> missing.add(id);
            case Outcome.Failed(ProblemType type, String detail) -> throw new ProblemException(type, detail);
            default -> throw new IllegalStateException("a read was answered with " + outcome);
        }
    }

    private void writeMissing(OutputStream out) throws IOException {
        writeText("],\"missing\":[", out);
        for (int i = 0; i < missing.size(); i++) {
            writeText(i == 0 ? "" : ",", out);
            out.write(JsonStrings.encode(missing.get(i)));
        }
        writeText("]}", out);
    }

    private static void writeText(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
