package io.holdfast.storage.api.wire;

import static io.holdfast.storage.api.wire.Cbor.readMetadata;
import static io.holdfast.storage.api.wire.Cbor.writeMetadata;

import io.holdfast.storage.api.Consistency;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.IdempotencyKey;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Precondition;
import io.holdfast.storage.api.RecordStore;
import io.holdfast.storage.api.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/// Operations in CBOR: an array with one array for each operation, its code first. What was added at
/// the end of one may be missing, or unknown to who reads it. Thread-safe.
public final class OperationCodec {
    private static final int GET = 1;
    private static final int PUT = 2;
    private static final int DELETE = 3;
    private static final int SCAN = 4;
    private static final int COUNT = 5;
    private static final int LIST_NAMESPACES = 6;
    private static final int DROP_NAMESPACE = 7;
    private static final int ONCE = 8;
    private static final int RECALL = 9;
    private static final int CLAIM = 10;
    // Codes of their own: a service that does not know them must not answer with less than was asked for.
    private static final int GET_LINEARIZABLE = 11;
    private static final int GET_EVENTUAL = 12;
    private static final int VERIFY = 13;
    private static final int LIST_FAILOVERS = 14;

    private static final int UNCONDITIONAL = 0;
    private static final int IF_ABSENT = 1;
    private static final int IF_PRESENT = 2;
    private static final int IF_VERSION = 3;

    private OperationCodec() {}

    public static byte[] encode(List<? extends Operation<?>> operations) {
        return Cbor.encode(operations, OperationCodec::write);
    }

    /// @throws MalformedMessageException where the bytes are no operations, or more than a call may carry
    public static List<Operation<?>> decode(byte[] message) {
        return Cbor.decode(message, RecordStore.MOST_OPERATIONS, OperationCodec::read);
    }

    private static void write(JsonGenerator out, Operation<?> operation) {
        out.writeStartArray();
        switch (operation) {
            case Operation.Get get -> writeGet(out, get);
            case Operation.Put put -> writePut(out, put);
            case Operation.Delete delete -> {
                head(out, DELETE, delete.namespace()).writeString(delete.key());
                writePrecondition(out, delete.precondition());
                writeDurability(out, delete.durability());
            }
            case Operation.Scan scan -> {
                head(out, SCAN, scan.namespace()).writeString(scan.prefix());
                Cbor.writeNullable(out, scan.after());
                out.writeNumber(scan.limit());
            }
            case Operation.Count count -> head(out, COUNT, count.namespace());
            case Operation.ListNamespaces list ->
                out.writeNumber(LIST_NAMESPACES).writeString(list.kind());
            case Operation.DropNamespace drop -> head(out, DROP_NAMESPACE, drop.namespace());
            case Operation.Once(Operation<?> write, IdempotencyKey key) -> {
                writeKey(out.writeNumber(ONCE), key);
                write(out, write);
            }
            case Operation.Recall(Namespace namespace, String key, IdempotencyKey of) ->
                writeKey(head(out, RECALL, namespace).writeString(key), of);
            case Operation.Claim(IdempotencyKey key, String owner, Duration lease) ->
                writeKey(out.writeNumber(CLAIM), key).writeString(owner).writeNumber(lease.toMillis());
            case Operation.Verify(Origin(int partition, long incarnation), long version) ->
                out.writeNumber(VERIFY)
                        .writeNumber(partition)
                        .writeNumber(incarnation)
                        .writeNumber(version);
            case Operation.ListFailovers(int limit) ->
                out.writeNumber(LIST_FAILOVERS).writeNumber(limit);
        }
        out.writeEndArray();
    }

    private static void writeGet(JsonGenerator out, Operation.Get get) {
        switch (get.consistency()) {
            case Consistency.Strong _ -> head(out, GET, get.namespace()).writeString(get.key());
            case Consistency.Linearizable _ ->
                head(out, GET_LINEARIZABLE, get.namespace()).writeString(get.key());
            case Consistency.Eventual(Session session) -> {
                head(out, GET_EVENTUAL, get.namespace()).writeString(get.key());
                out.writeNumber(session.floor()).writeNumber(session.versions().size());
                session.versions()
                        .forEach((partition, version) ->
                                out.writeNumber(partition).writeNumber(version));
            }
        }
    }

    private static JsonGenerator head(JsonGenerator out, int code, Namespace namespace) {
        return out.writeNumber(code).writeString(namespace.qualifiedName());
    }

    private static void writePut(JsonGenerator out, Operation.Put put) {
        head(out, PUT, put.namespace()).writeString(put.key());
        out.writeBinary(put.content().bytes());
        out.writeString(put.content().contentType());
        writeMetadata(out, put.content().metadata());
        writePrecondition(out, put.precondition());
        Duration timeToLive = put.timeToLive();
        out.writeNumber(timeToLive == null ? 0 : timeToLive.toMillis());
        out.writeNumber(put.operationId());
        writeDurability(out, put.durability());
    }

    private static void writeDurability(JsonGenerator out, @Nullable Durability durability) {
        Cbor.writeNullable(out, durability == null ? null : durability.label());
    }

    private static JsonGenerator writeKey(JsonGenerator out, IdempotencyKey key) {
        out.writeString(key.token()).writeString(key.fingerprint());
        return out.writeNumber(key.keptFor().toMillis()).writeString(key.note());
    }

    private static void writePrecondition(JsonGenerator out, Precondition precondition) {
        switch (precondition) {
            case Precondition.None _ -> out.writeNumber(UNCONDITIONAL).writeNumber(0L);
            case Precondition.Absent _ -> out.writeNumber(IF_ABSENT).writeNumber(0L);
            case Precondition.Present _ -> out.writeNumber(IF_PRESENT).writeNumber(0L);
            case Precondition.Version(long version) ->
                out.writeNumber(IF_VERSION).writeNumber(version);
        }
    }

    private static Operation<?> read(JsonParser in) {
        int code = Cbor.readInt(in);
        return switch (code) {
            case GET -> new Operation.Get(readNamespace(in), Cbor.readString(in));
            case GET_LINEARIZABLE ->
                new Operation.Get(readNamespace(in), Cbor.readString(in), Consistency.LINEARIZABLE);
            case GET_EVENTUAL ->
                new Operation.Get(readNamespace(in), Cbor.readString(in), Consistency.eventual(readSession(in)));
            case PUT -> readPut(in);
            case DELETE ->
                new Operation.Delete(readNamespace(in), Cbor.readString(in), readPrecondition(in), readDurability(in));
            case SCAN ->
                new Operation.Scan(readNamespace(in), Cbor.readString(in), Cbor.readNullable(in), Cbor.readInt(in));
            case COUNT -> new Operation.Count(readNamespace(in));
            case LIST_NAMESPACES -> new Operation.ListNamespaces(Cbor.readString(in));
            case DROP_NAMESPACE -> new Operation.DropNamespace(readNamespace(in));
            case ONCE -> readOnce(in);
            case RECALL -> new Operation.Recall(readNamespace(in), Cbor.readString(in), readKey(in));
            case CLAIM -> new Operation.Claim(readKey(in), Cbor.readString(in), Duration.ofMillis(Cbor.readLong(in)));
            case VERIFY -> new Operation.Verify(new Origin(Cbor.readInt(in), Cbor.readLong(in)), Cbor.readLong(in));
            case LIST_FAILOVERS -> new Operation.ListFailovers(Cbor.readInt(in));
            default -> throw new MalformedMessageException("unknown operation " + code);
        };
    }

    private static Session readSession(JsonParser in) {
        long floor = Cbor.readLong(in);
        int size = Cbor.readInt(in);
        if (size < 0 || size > Session.MOST_PARTITIONS) {
            throw new MalformedMessageException(size + " partitions in a session");
        }
        Map<Integer, Long> versions = HashMap.newHashMap(size);
        for (int i = 0; i < size; i++) {
            versions.put(Cbor.readInt(in), Cbor.readLong(in));
        }
        return new Session(floor, versions);
    }

    private static Operation.Once readOnce(JsonParser in) {
        IdempotencyKey key = readKey(in);
        Cbor.expectArray(in);
        int depth = Cbor.depth(in);
        Operation<?> write = read(in);
        Cbor.skipToEnd(in, depth);
        if (write instanceof Operation.Put
                || write instanceof Operation.Delete
                || write instanceof Operation.DropNamespace) {
            return new Operation.Once(write, key);
        }
        throw new MalformedMessageException("only a put, a delete or a drop can take place once");
    }

    private static IdempotencyKey readKey(JsonParser in) {
        return new IdempotencyKey(
                Cbor.readString(in), Cbor.readString(in), Duration.ofMillis(Cbor.readLong(in)), Cbor.readString(in));
    }

    private static Namespace readNamespace(JsonParser in) {
        return Namespace.parse(Cbor.readString(in));
    }

    private static Operation.Put readPut(JsonParser in) {
        Namespace namespace = readNamespace(in);
        String key = Cbor.readString(in);
        Content content = new Content(Cbor.readBytes(in), Cbor.readString(in), readMetadata(in));
        Precondition precondition = readPrecondition(in);
        long timeToLiveMillis = Cbor.readLong(in);
        @Nullable Duration timeToLive = timeToLiveMillis == 0 ? null : Duration.ofMillis(timeToLiveMillis);
        return new Operation.Put(
                namespace, key, content, precondition, timeToLive, Cbor.readLong(in), readDurability(in));
    }

    /// Missing in messages of callers that do not know levels.
    private static @Nullable Durability readDurability(JsonParser in) {
        String label = Cbor.readNullableOrEnd(in);
        return label == null ? null : Cbor.durability(label);
    }

    private static Precondition readPrecondition(JsonParser in) {
        int code = Cbor.readInt(in);
        long version = Cbor.readLong(in);
        return switch (code) {
            case UNCONDITIONAL -> Precondition.NONE;
            case IF_ABSENT -> Precondition.ABSENT;
            case IF_PRESENT -> Precondition.PRESENT;
            case IF_VERSION -> Precondition.version(version);
            default -> throw new MalformedMessageException("unknown precondition " + code);
        };
    }
}
