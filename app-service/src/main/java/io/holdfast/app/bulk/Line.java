package io.holdfast.app.bulk;

/// A line of a request body.
///
/// @param number counted from 1
/// @param bytes what stands in it, without its end; nothing if it is longer than was to be kept
/// @param size how many bytes it has
@SuppressWarnings("ArrayRecordComponent")
record Line(long number, byte[] bytes, long size) {
    boolean isBlank() {
        if (size > bytes.length) {
            return false;
        }
        for (byte b : bytes) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return true;
    }
}
