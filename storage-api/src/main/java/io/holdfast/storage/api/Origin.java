package io.holdfast.storage.api;

import java.util.HexFormat;

/// Where a write was seen to have taken place: in which partition, and under which incarnation of the
/// primary that held it. Every start and every promotion of a server is a new incarnation, so what one
/// has taken and the next one does not know is lost.
///
/// @param partition its number; negative where it is not known
/// @param incarnation the first 64 bits of the id that Redis gave itself (`master_replid`); 0 where it
///     did not tell
public record Origin(int partition, long incarnation) {
    public static final Origin UNKNOWN = new Origin(-1, 0);

    /// Whether it can be told what has become of the write.
    public boolean isKnown() {
        return partition >= 0 && incarnation != 0;
    }

    /// The incarnation as Redis writes it, 16 hexadecimal digits.
    public String label() {
        return HexFormat.of().toHexDigits(incarnation);
    }
}
