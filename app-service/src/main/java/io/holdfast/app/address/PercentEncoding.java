package io.holdfast.app.address;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-encoding (RFC 3986) of UTF-8, strict in both directions.
public final class PercentEncoding {
    private static final String UNRESERVED_MARKS = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    /// @throws ProblemException where a `%` is not followed by two hexadecimal digits, or the bytes
    /// are not UTF-8
    public static String decode(String encoded) {
        return encoded.indexOf('%') < 0 && isAscii(encoded) ? encoded : utf8(bytes(encoded));
    }

    /// The text with everything encoded that is not a letter, a digit or one of `-._~`.
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(b)) {
                encoded.append((char) b);
            } else {
                append(encoded, b);
            }
        }
        return encoded.toString();
    }

    static void append(StringBuilder encoded, int b) {
        encoded.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
    }

    private static boolean isUnreserved(int b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || UNRESERVED_MARKS.indexOf(b) >= 0;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /// The bytes of an address. Its characters are bytes already, as a servlet container reads it
    /// in ISO-8859-1.
    private static byte[] bytes(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            bytes.write(c == '%' ? octet(encoded, i) : c);
            i += c == '%' ? 2 : 0;
        }
        return bytes.toByteArray();
    }

    private static int octet(String encoded, int percent) {
        int high = percent + 2 < encoded.length() ? Character.digit(encoded.charAt(percent + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(encoded.charAt(percent + 2), 16);
        if (low < 0) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "The address has a '%' without two hexadecimal digits behind it. Write a percent sign as %25.");
        }
        return (high << 4) | low;
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "The address holds bytes that are not UTF-8. Encode every character as its UTF-8 bytes.");
        }
    }
}
