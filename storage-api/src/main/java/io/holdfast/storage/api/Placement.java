package io.holdfast.storage.api;

import java.nio.charset.StandardCharsets;

/// Where a record lies follows from a checksum of its key alone: what has the same checksum shares a
/// partition, however many partitions there are. It is CRC-16/XMODEM, by which Redis Cluster also
/// assigns slots. Thread-safe.
public final class Placement {
    private static final int POLYNOMIAL = 0x1021;
    private static final char[] TABLE = table();

    private Placement() {}

    /// The checksum of a key, 0 to 65,535.
    public static int checksum(String key) {
        return continued(0, key);
    }

    /// The checksum of a key that starts with what `checksum` is of, and goes on with `rest`.
    public static int continued(int checksum, String rest) {
        int crc = checksum;
        for (byte next : rest.getBytes(StandardCharsets.UTF_8)) {
            crc = ((crc << 8) & 0xFFFF) ^ TABLE[(crc >>> 8) ^ (next & 0xFF)];
        }
        return crc;
    }

    private static char[] table() {
        char[] table = new char[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
            }
            table[i] = (char) crc;
        }
        return table;
    }
}
