package io.holdfast.app.json;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/// What is wrong with a text, and where. Jackson's own messages speak to whoever programs with it;
/// these speak to whoever sent the text.
final class Faults {
    private final byte[] text;
    private final int deepest;

    Faults(byte[] text, int deepest) {
        this.text = text;
        this.deepest = deepest;
    }

    MalformedJsonException of(JacksonException e, JsonParser parser) {
        int behind = Math.toIntExact(parser.currentLocation().getByteOffset());
        return switch (e) {
            case UnexpectedEndOfInputException _ -> tooShort();
            case StreamConstraintsException _
            when parser.streamReadContext().getNestingDepth() > deepest ->
                at(behind - 1, "the nesting is deeper than the allowed " + deepest + " levels");
            // The one other bound left: Jackson's guard against names chosen to share a hash.
            case StreamConstraintsException _ -> at(behind, "too many member names have the same hash");
            default -> ofSyntax(e.getOriginalMessage(), at(e, behind));
        };
    }

    /// Jackson tells these apart by nothing but the message.
    private MalformedJsonException ofSyntax(String message, int at) {
        if (message.startsWith("Duplicate")) {
            return at(nameBefore(at), "the object has this member name twice");
        }
        if (message.startsWith("Non-standard token")) {
            return at(at, "the number before this place is none that JSON knows");
        }
        return unexpected(at, "which cannot stand here");
    }

    private int at(JacksonException e, int otherwise) {
        if (e.getLocation() == null) {
            return otherwise;
        }
        int at = Math.toIntExact(e.getLocation().getByteOffset());
        while (at < text.length && (text[at] & 0xC0) == 0x80) {
            at--; // to the first byte of the character
        }
        return at;
    }

    /// Where the name begins that ends at an index. Only quotes inside it have a backslash before them.
    private int nameBefore(int end) {
        int at = end - 2;
        while (text[at] != '"' || text[at - 1] == '\\') {
            at--;
        }
        return at;
    }

    MalformedJsonException tooShort() {
        return at(text.length, "the end of the text comes too early");
    }

    MalformedJsonException unexpected(int at, String why) {
        return at == text.length ? tooShort() : at(at, "found %s, %s".formatted(shown(at), why));
    }

    private String shown(int at) {
        int b = text[at] & 0xFF;
        return b > ' ' && b < 0x7F ? "'" + (char) b + "'" : "the byte 0x%02X".formatted(b);
    }

    /// Columns count characters, not bytes. The text is UTF-8 up to the place.
    MalformedJsonException at(int index, String what) {
        String before = new String(text, 0, index, StandardCharsets.UTF_8);
        int lineStart = before.lastIndexOf('\n') + 1;
        long line = 1 + before.chars().filter(c -> c == '\n').count();
        int column = 1 + before.codePointCount(lineStart, before.length());
        return new MalformedJsonException("Line %d, column %d: %s.".formatted(line, column, what));
    }
}
