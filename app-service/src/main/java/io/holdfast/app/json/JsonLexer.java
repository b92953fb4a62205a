package io.holdfast.app.json;

/// The characters of a JSON text: whitespace, literals, numbers and strings, as RFC 8259 spells
/// them, in UTF-8 as RFC 3629 spells it. Not thread-safe.
final class JsonLexer {
    /// What [#peek()] gives behind the last byte.
    private static final int NOTHING = -1;

    private final byte[] text;
    private int at;

    JsonLexer(byte[] text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    boolean atEnd() {
        return at == text.length;
    }

    void step() {
        at++;
    }

    int peek() {
        return at < text.length ? text[at] : NOTHING;
    }

    boolean looksAt(char wanted) {
        return peek() == wanted;
    }

    void expect(char wanted, String name) {
        if (!looksAt(wanted)) {
            throw unexpected(name);
        }
        at++;
    }

    void expectName() {
        if (!looksAt('"')) {
            throw unexpected("a member name in double quotes");
        }
    }

    void skipWhitespace() {
        while (at < text.length && isWhitespace(text[at])) {
            at++;
        }
    }

    private static boolean isWhitespace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /// JSON between systems is UTF-8 without a byte order mark. Other encodings show in the first
    /// two bytes.
    void refuseOtherEncodings() {
        if (startsWith(0xEF, 0xBB)) {
            throw failure("the text begins with a byte order mark, which JSON must not have");
        }
        boolean mark = startsWith(0xFE, 0xFF) || startsWith(0xFF, 0xFE);
        boolean wide = text.length > 1 && (text[0] == 0 || text[1] == 0);
        if (mark || wide) {
            throw failure("the text is UTF-16 or UTF-32; JSON must be UTF-8");
        }
    }

    private boolean startsWith(int first, int second) {
        return text.length > 1 && text[0] == (byte) first && text[1] == (byte) second;
    }

    void literal(String literal) {
        for (int i = 0; i < literal.length(); i++) {
            expect(literal.charAt(i), "the literal " + literal);
        }
    }

    void number() {
        if (looksAt('-')) {
            at++;
        }
        if (looksAt('0')) {
            at++;
        } else {
            digits("a value");
        }
        if (looksAt('.')) {
            at++;
            digits("a digit behind the decimal point");
        }
        if (looksAt('e') || looksAt('E')) {
            at++;
            if (looksAt('+') || looksAt('-')) {
                at++;
            }
            digits("a digit of the exponent");
        }
    }

    private void digits(String name) {
        if (!isDigit(peek())) {
            throw unexpected(name);
        }
        while (isDigit(peek())) {
            at++;
        }
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    void string() {
        int opening = at++;
        while (true) {
            if (at == text.length) {
                throw failureAt(opening, "this string is not closed");
            }
            byte b = text[at];
            if (b < 0) {
                at += utf8Length();
            } else if (b < ' ') {
                throw failure("the control character 0x%02X must be written as an escape".formatted(b));
            } else if (b == '\\') {
                escape();
            } else {
                at++;
                if (b == '"') {
                    return;
                }
            }
        }
    }

    private void escape() {
        at++;
        switch (peek()) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++;
            case 'u' -> {
                at++;
                for (int i = 0; i < 4; i++) {
                    hexDigit();
                }
            }
            default -> throw unexpected("one of the escapes \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u");
        }
    }

    private void hexDigit() {
        if (Character.digit(peek(), 16) < 0) {
            throw unexpected("four hexadecimal digits behind \\u");
        }
        at++;
    }

    private int utf8Length() {
        int length = Utf8.length(text, at);
        if (length == 0) {
            throw failure("the byte 0x%02X begins no valid UTF-8 character".formatted(text[at]));
        }
        return length;
    }

    MalformedJsonException unexpected(String wanted) {
        return failure("found %s, expected %s".formatted(shown(), wanted));
    }

    private String shown() {
        if (atEnd()) {
            return "the end of the text";
        }
        int b = text[at] & 0xFF;
        return b > ' ' && b < 0x7F ? "'" + (char) b + "'" : "the byte 0x%02X".formatted(b);
    }

    MalformedJsonException failure(String what) {
        return failureAt(at, what);
    }

    MalformedJsonException failureAt(int index, String what) {
        return new MalformedJsonException("Line %d, column %d: %s.".formatted(line(index), column(index), what));
    }

    private int line(int index) {
        int line = 1;
        for (int i = 0; i < index; i++) {
            line += text[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    /// Counts characters, not bytes.
    private int column(int index) {
        int column = 1;
        for (int i = index - 1; i >= 0 && text[i] != '\n'; i--) {
            column += isContinuation(text[i]) ? 0 : 1;
        }
        return column;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
