package io.holdfast.launcher.transfer;

import io.holdfast.launcher.LauncherException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// A piece of JSON text within bytes, taken apart without being converted, so that what is not touched
/// stays as it was written: numbers of any size, escapes, order. The text has to be valid.
final class JsonSpan {
    private final byte[] bytes;
    private final int from;
    private final int to;

    /// @param to exclusive
    JsonSpan(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /// @param start where the name begins
    record Member(int start, String name, JsonSpan value) {}

    boolean isObject() {
        return bytes[from] == '{';
    }

    boolean isString() {
        return bytes[from] == '"';
    }

    /// The text of a string, without quotes and escapes.
    String string() {
        return JsonMapper.shared().readValue(bytes, from, to - from, String.class);
    }

    /// The members of an object, in their order.
    List<Member> members() {
        List<Member> members = new ArrayList<>();
        int position = skipSpace(from + 1);
        while (at(position) != '}') {
            int nameEnd = skipValue(position);
            String name = new JsonSpan(bytes, position, nameEnd).string();
            int value = skipSpace(skipSpace(nameEnd) + 1); // past the colon
            int valueEnd = skipValue(value);
            members.add(new Member(position, name, new JsonSpan(bytes, value, valueEnd)));
            position = skipSpace(valueEnd);
            if (at(position) == ',') {
                position = skipSpace(position + 1);
            }
        }
        return members;
    }

    /// The text from the member's name to its end.
    JsonSpan text(Member member) {
        return new JsonSpan(bytes, member.start(), member.value().to);
    }

    private int skipValue(int start) {
        return switch (at(start)) {
            case '"' -> skipString(start);
            case '{', '[' -> skipNested(start);
            default -> skipLiteral(start);
        };
    }

    private int skipString(int start) {
        int position = start + 1;
        while (at(position) != '"') {
            position += at(position) == '\\' ? 2 : 1;
        }
        return position + 1;
    }

    private int skipNested(int start) {
        int depth = 0;
        int position = start;
        do {
            switch (at(position)) {
                case '"' -> position = skipString(position) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
            position++;
        } while (depth > 0);
        return position;
    }

    private int skipLiteral(int start) {
        int position = start;
        while (position < to && "-+.eE0123456789truefalsn".indexOf(bytes[position]) >= 0) {
            position++;
        }
        if (position == start) {
            throw notJson(start);
        }
        return position;
    }

    private int skipSpace(int start) {
        int position = start;
        while (isSpace(at(position))) {
            position++;
        }
        return position;
    }

    private byte at(int position) {
        if (position >= to) {
            throw notJson(position);
        }
        return bytes[position];
    }

    private LauncherException notJson(int position) {
        return new LauncherException("The platform sent what is not JSON (byte " + position + " of a line).");
    }

    /// The text on one line: white space around line breaks is left out where it means nothing.
    byte[] onOneLine() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
        int position = from;
        while (position < to) {
            int end = bytes[position] == '"' ? skipString(position) : spaceEnd(position);
            if (end == position) {
                out.write(bytes[position++]);
            } else {
                if (bytes[position] == '"' || !hasBreak(position, end)) {
                    out.write(bytes, position, end - position);
                }
                position = end;
            }
        }
        return out.toByteArray();
    }

    private int spaceEnd(int start) {
        int end = start;
        while (end < to && isSpace(bytes[end])) {
            end++;
        }
        return end;
    }

    private boolean hasBreak(int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                return true;
            }
        }
        return false;
    }

    private static boolean isSpace(byte next) {
        return next == ' ' || next == '\t' || next == '\n' || next == '\r';
    }

    @Override
    public String toString() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
