package io.holdfast.app.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// JSON between systems is UTF-8 without a byte order mark. Jackson would guess other encodings,
/// skip the mark, and let pass bytes that are no UTF-8 (RFC 3629), such as overlong forms.
final class Encoding {
    private static final int CHARACTERS = 4_096;
    /// No JSON text in UTF-8 has a zero byte here; one in UTF-16 or UTF-32 has.
    private static final int TELLING_BYTES = 4;

    private Encoding() {}

    static void check(byte[] text, Faults faults) {
        if (startsWith(text, 0xEF, 0xBB, 0xBF)) {
            throw faults.at(0, "the text begins with a byte order mark, which JSON must not have");
        }
        if (isWide(text)) {
            throw faults.at(0, "the text is UTF-16 or UTF-32; JSON must be UTF-8");
        }
        checkUtf8(text, faults);
    }

    private static boolean isWide(byte[] text) {
        for (int i = 0; i < Math.min(TELLING_BYTES, text.length); i++) {
            if (text[i] == 0) {
                return true;
            }
        }
        return startsWith(text, 0xFE, 0xFF) || startsWith(text, 0xFF, 0xFE);
    }

    private static boolean startsWith(byte[] text, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i == text.length || text[i] != (byte) bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /// Decodes into a small buffer again and again, as the characters are not wanted.
    private static void checkUtf8(byte[] text, Faults faults) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports what is malformed
        ByteBuffer in = ByteBuffer.wrap(text);
        CharBuffer out = CharBuffer.allocate(CHARACTERS);
        CoderResult result;
        do {
            result = decoder.decode(in, out.clear(), true);
        } while (result.isOverflow());
        if (result.isError()) {
            int at = in.position();
            throw faults.at(at, "the byte 0x%02X begins no valid UTF-8 character".formatted(text[at]));
        }
    }
}
