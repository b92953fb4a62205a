package io.holdfast.app.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one JSON text (RFC 8259) token by token and knows where each token stands, so that pieces
/// of the text can be kept as they are. It is strict: UTF-8 without byte order mark, no member name
/// twice in an object, a bounded nesting, nothing behind the value. Numbers, names and strings may
/// have any size; a number is never converted. Not thread-safe.
public final class JsonReader {
    /// What stands at a place of the text.
    public enum Token {
        BEGIN_OBJECT,
        END_OBJECT,
        BEGIN_ARRAY,
        END_ARRAY,
        NAME,
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL,
        END
    }

    private enum Expected {
        VALUE,
        FIRST_NAME,
        MEMBER_VALUE,
        FIRST_ELEMENT,
        SEPARATOR,
        END
    }

    private final byte[] text;
    private final JsonLexer lexer;
    private final int deepest;
    /// One entry for each open container: an object's names, null for an array.
    private final List<@Nullable MemberNames> open = new ArrayList<>();

    private Expected expected = Expected.VALUE;
    private int start;

    /// @param deepest how many containers may stand in each other
    public JsonReader(byte[] text, int deepest) {
        this.text = text;
        this.lexer = new JsonLexer(text);
        this.deepest = deepest;
        lexer.refuseOtherEncodings();
    }

    /// Reads the whole text.
    ///
    /// @throws MalformedJsonException where it is not acceptable
    public static void check(byte[] text, int deepest) {
        JsonReader reader = new JsonReader(text, deepest);
        while (reader.next() != Token.END) {}
    }

    /// Goes to the next token.
    ///
    /// @throws MalformedJsonException where there is none that is allowed here
    public Token next() {
        lexer.skipWhitespace();
        start = lexer.at();
        return switch (expected) {
            case VALUE -> value();
            case FIRST_NAME -> lexer.looksAt('}') ? close(Token.END_OBJECT) : name();
            case MEMBER_VALUE -> memberValue();
            case FIRST_ELEMENT -> lexer.looksAt(']') ? close(Token.END_ARRAY) : value();
            case SEPARATOR -> separated();
            case END -> nothingMore();
        };
    }

    /// Goes to the end of the value whose first token was just read.
    public void skip(Token first) {
        if (first == Token.BEGIN_OBJECT || first == Token.BEGIN_ARRAY) {
            int outside = open.size() - 1;
            while (open.size() > outside) {
                next();
            }
        }
    }

    /// Where the token that was read last begins.
    public int start() {
        return start;
    }

    /// Where the token that was read last ends, exclusively.
    public int end() {
        return lexer.at();
    }

    /// The text of the name or string that was read last, its escapes resolved.
    public String string() {
        return JsonStrings.decode(text, start + 1, lexer.at() - 1);
    }

    private Token value() {
        return switch (lexer.peek()) {
            case '{' -> open(Token.BEGIN_OBJECT, new MemberNames(), Expected.FIRST_NAME);
            case '[' -> open(Token.BEGIN_ARRAY, null, Expected.FIRST_ELEMENT);
            case '"' -> {
                lexer.string();
                yield complete(Token.STRING);
            }
            case 't' -> literal("true", Token.TRUE);
            case 'f' -> literal("false", Token.FALSE);
            case 'n' -> literal("null", Token.NULL);
            default -> {
                lexer.number();
                yield complete(Token.NUMBER);
            }
        };
    }

    private Token literal(String literal, Token token) {
        lexer.literal(literal);
        return complete(token);
    }

    private Token open(Token token, @Nullable MemberNames names, Expected then) {
        if (open.size() == deepest) {
            throw lexer.failure("the nesting is deeper than the allowed " + deepest + " levels");
        }
        open.add(names);
        lexer.step();
        expected = then;
        return token;
    }

    private Token close(Token token) {
        open.removeLast();
        lexer.step();
        return complete(token);
    }

    private Token complete(Token token) {
        expected = open.isEmpty() ? Expected.END : Expected.SEPARATOR;
        return token;
    }

    private Token separated() {
        boolean object = open.getLast() != null;
        if (lexer.looksAt(object ? '}' : ']')) {
            return close(object ? Token.END_OBJECT : Token.END_ARRAY);
        }
        lexer.expect(',', object ? "a comma or }" : "a comma or ]");
        lexer.skipWhitespace();
        start = lexer.at();
        return object ? name() : value();
    }

    private Token name() {
        lexer.expectName();
        lexer.string();
        MemberNames names = open.getLast();
        if (names != null && !names.add(string())) {
            throw lexer.failureAt(start, "the object has this member name twice");
        }
        expected = Expected.MEMBER_VALUE;
        return Token.NAME;
    }

    private Token memberValue() {
        lexer.expect(':', "a colon");
        lexer.skipWhitespace();
        start = lexer.at();
        return value();
    }

    private Token nothingMore() {
        if (!lexer.atEnd()) {
            throw lexer.unexpected("the end, as one value is complete");
        }
        return Token.END;
    }
}
