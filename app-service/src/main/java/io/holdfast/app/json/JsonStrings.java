package io.holdfast.app.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Strings between JSON and Java.
public final class JsonStrings {
    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String PLAIN = "\"\\/\b\f\n\r\t";

    private JsonStrings() {}

    /// The string whose valid, still escaped text stands between two indices.
    static String decode(byte[] text, int from, int to) {
        String raw = new String(text, from, to - from, StandardCharsets.UTF_8);
        int backslash = raw.indexOf('\\');
        return backslash < 0 ? raw : unescape(raw, backslash);
    }

    private static String unescape(String raw, int firstBackslash) {
        StringBuilder text = new StringBuilder(raw.length()).append(raw, 0, firstBackslash);
        for (int i = firstBackslash; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
            } else if (raw.charAt(++i) == 'u') {
                text.append((char) Integer.parseInt(raw, i + 1, i + 5, 16));
                i += 4;
            } else {
                text.append(PLAIN.charAt(ESCAPED.indexOf(raw.charAt(i))));
            }
        }
        return text.toString();
    }

    /// A string as JSON, with its quotes, in UTF-8.
    public static byte[] encode(String string) {
        byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
        return isPlain(utf8) ? quoted(utf8) : escaped(utf8);
    }

    private static boolean isPlain(byte[] utf8) {
        for (byte b : utf8) {
            if (needsEscape(b)) {
                return false;
            }
        }
        return true;
    }

    private static boolean needsEscape(byte b) {
        return b == '"' || b == '\\' || (b >= 0 && b < ' ');
    }

    private static byte[] quoted(byte[] utf8) {
        byte[] json = new byte[utf8.length + 2];
        json[0] = '"';
        System.arraycopy(utf8, 0, json, 1, utf8.length);
        json[json.length - 1] = '"';
        return json;
    }

    private static byte[] escaped(byte[] utf8) {
        ByteArrayOutputStream json = new ByteArrayOutputStream(utf8.length + 16);
        json.write('"');
        for (byte b : utf8) {
            if (b >= 0 && b < ' ') {
                json.writeBytes("\\u%04x".formatted(b).getBytes(StandardCharsets.US_ASCII));
            } else {
                if (needsEscape(b)) {
                    json.write('\\');
                }
                json.write(b);
            }
        }
        json.write('"');
        return json.toByteArray();
    }
}
