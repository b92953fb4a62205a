package io.holdfast.balancing.spring.report;

import io.holdfast.balancing.signal.LoadReport;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A report in the wire form of Protocol Buffers (its encoding is documented under "Encoding" at
/// protobuf.dev). Of the message, five doubles and one map are of use; a library with generated
/// code would be more to carry, and to keep up to date, than these lines.
final class BinaryReport {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;
    private static final int NAMED_METRICS = 8;
    private static final int LONGEST_VARINT = 10;

    private final ByteBuffer bytes;
    private final ReportFields fields = new ReportFields();

    BinaryReport(byte[] message) {
        bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    }

    LoadReport read() throws MalformedReportException {
        try {
            while (bytes.hasRemaining()) {
                field(varint());
            }
        } catch (BufferUnderflowException _) {
            throw new MalformedReportException();
        }
        return fields.report();
    }

    private void field(long tag) throws MalformedReportException {
        long number = tag >>> 3;
        int type = (int) (tag & 7);
        if (type == FIXED64) {
            fields.set(nameOf(number), bytes.getDouble());
        } else if (type == LENGTH_DELIMITED && number == NAMED_METRICS) {
            ByteBuffer entry = slice();
            entry(entry);
        } else {
            skip(type);
        }
    }

    /// Field numbers of `xds.data.orca.v3.OrcaLoadReport`.
    private static String nameOf(long number) {
        return switch ((int) Math.min(number, Integer.MAX_VALUE)) {
            case 1 -> "cpu_utilization";
            case 2 -> "mem_utilization";
            case 6 -> "rps_fractional";
            case 7 -> "eps";
            case 9 -> "application_utilization";
            default -> "";
        };
    }

    /// One entry of a map is a message with the key as field 1 and the value as field 2.
    private void entry(ByteBuffer entry) throws MalformedReportException {
        String key = "";
        double value = 0;
        BinaryReport fieldsOfEntry = new BinaryReport(entry);
        while (entry.hasRemaining()) {
            long tag = fieldsOfEntry.varint();
            if (tag == (1 << 3 | LENGTH_DELIMITED)) {
                key = StandardCharsets.UTF_8.decode(fieldsOfEntry.slice()).toString();
            } else if (tag == (2 << 3 | FIXED64)) {
                value = entry.getDouble();
            } else {
                fieldsOfEntry.skip((int) (tag & 7));
            }
        }
        fields.name(key, value);
    }

    private BinaryReport(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    private void skip(int type) throws MalformedReportException {
        switch (type) {
            case VARINT -> varint();
            case FIXED64 -> bytes.getLong();
            case LENGTH_DELIMITED -> slice();
            case FIXED32 -> bytes.getInt();
            default -> throw new MalformedReportException();
        }
    }

    private ByteBuffer slice() throws MalformedReportException {
        long length = varint();
        if (length < 0 || length > bytes.remaining()) {
            throw new MalformedReportException();
        }
        ByteBuffer slice = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + (int) length);
        return slice;
    }

    private long varint() throws MalformedReportException {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedReportException();
    }
}
