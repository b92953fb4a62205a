package io.holdfast.app.json;

/// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF. The second byte's
/// range depends on the first one's value; all further bytes are 80 to BF.
final class Utf8 {
    private Utf8() {}

    /// The length of a character of more than one byte, or 0 if there is no valid one.
    static int length(byte[] text, int at) {
        int first = text[at] & 0xFF;
        int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        boolean valid = first >= 0xC2 && first <= 0xF4 && isBetween(text, at + 1, lowest, highest);
        for (int i = 2; valid && i < length; i++) {
            valid = isBetween(text, at + i, 0x80, 0xBF);
        }
        return valid ? length : 0;
    }

    private static boolean isBetween(byte[] text, int at, int lowest, int highest) {
        return at < text.length && (text[at] & 0xFF) >= lowest && (text[at] & 0xFF) <= highest;
    }
}
