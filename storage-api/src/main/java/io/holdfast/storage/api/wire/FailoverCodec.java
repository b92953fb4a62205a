package io.holdfast.storage.api.wire;

import io.holdfast.storage.api.Failover;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/// A failover within an outcome, beginning with a string, so that a list's end is told from a further one.
final class FailoverCodec {
    private FailoverCodec() {}

    static void write(JsonGenerator out, Failover failover) {
        out.writeString(failover.opened());
        Cbor.writeNullable(out, failover.closed());
        out.writeNumber(failover.atMillis()).writeNumber(failover.lost());
        out.writeNumber(failover.partitions().size());
        failover.partitions().forEach(out::writeNumber);
    }

    /// The array of them that comes next.
    static List<Failover> readAll(JsonParser in) {
        List<Failover> failovers = new ArrayList<>();
        Cbor.expectArray(in);
        for (String opened = Cbor.readStringOrEnd(in); opened != null; opened = Cbor.readStringOrEnd(in)) {
            failovers.add(read(in, opened));
        }
        return failovers;
    }

    private static Failover read(JsonParser in, String opened) {
        String closed = Cbor.readNullable(in);
        long atMillis = Cbor.readLong(in);
        long lost = Cbor.readLong(in);
        int size = Cbor.readInt(in);
        List<Integer> partitions = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            partitions.add(Cbor.readInt(in));
        }
        return new Failover(atMillis, closed, opened, partitions, lost);
    }
}
