package io.holdfast.app.idempotency;

import io.holdfast.storage.api.Placement;
import java.util.Arrays;
import java.util.HexFormat;

/// Gives ids a checksum, and with it a partition. A document that is created with an Idempotency-Key
/// gets an id that lies with the key: what is kept of the key then lies with the document, and a
/// repetition, which knows the key but not the id, finds it.
///
/// The last four of the id's hexadecimal digits, random until then, are replaced. The checksum is linear: that
/// of a text is the sum (XOR) of that of its start, followed by zeros, and of its end alone. So a table
/// from checksums to endings finds the ending at once, where there is one; about four of ten checksums
/// have none, and then the four digits before are counted on.
final class PlacedIds {
    private static final HexFormat HEX = HexFormat.of();
    private static final int DIGITS = 4;
    private static final int VALUES = 1 << 16;
    private static final String ZEROS = "\0".repeat(DIGITS);
    private static final int[] ENDINGS = endings();

    private PlacedIds() {}

    private static int[] endings() {
        int[] endings = new int[VALUES];
        Arrays.fill(endings, -1);
        for (int ending = 0; ending < VALUES; ending++) {
            endings[Placement.checksum(digits(ending))] = ending;
        }
        return endings;
    }

    /// The id, with other digits at its end, that has this checksum.
    ///
    /// @param id ends with at least eight hexadecimal digits
    static String place(String id, int checksum) {
        int split = id.length() - 2 * DIGITS;
        String start = id.substring(0, split);
        int counted = HexFormat.fromHexDigits(id, split, split + DIGITS);
        int startChecksum = Placement.checksum(start);
        for (int i = 0; i < VALUES; i++) {
            String middle = digits((counted + i) % VALUES);
            int before = Placement.continued(startChecksum, middle);
            int ending = ENDINGS[checksum ^ Placement.continued(before, ZEROS)];
            if (ending >= 0) {
                return start + middle + digits(ending);
            }
        }
        throw new IllegalStateException("no ending of " + start + " has the checksum " + checksum);
    }

    private static String digits(int value) {
        return HEX.toHexDigits((short) value);
    }
}
