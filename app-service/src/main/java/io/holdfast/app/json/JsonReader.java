package io.holdfast.app.json;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// Reads one JSON text (RFC 8259) token by token and knows where each token stands, so that pieces
/// of the text can be kept as they are. Jackson parses; what it would let pass is refused here: the
/// text is UTF-8 without byte order mark, and one value with nothing behind it. Numbers, names and
/// strings may have any size; a number is never converted. Not thread-safe.
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

    private final byte[] text;
    private final JsonParser parser;
    private final Faults faults;

    private @Nullable Token current;

    /// @param deepest how many containers may stand in each other
    public JsonReader(byte[] text, int deepest) {
        this.text = text;
        this.faults = new Faults(text, deepest);
        Encoding.check(text, faults);
        this.parser = factory(deepest).createParser(ObjectReadContext.empty(), text);
    }

    /// A factory keeps the names that its parsers met, for the next ones. These come from anyone and
    /// may be megabytes long, so that each text has a factory of its own; it costs microseconds.
    private static JsonFactory factory(int deepest) {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(deepest)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
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
        boolean complete = current != null && parser.streamReadContext().inRoot();
        Token token = token(parsed(parser::nextToken));
        if (complete && token != Token.END) {
            throw faults.unexpected(start(), "expected the end, as one value is complete");
        }
        if (!complete && token == Token.END) {
            throw faults.tooShort();
        }
        current = token;
        return token;
    }

    /// Goes to the end of the value whose first token was just read.
    public void skip(Token first) {
        if (first == Token.BEGIN_OBJECT || first == Token.BEGIN_ARRAY) {
            parsed(parser::skipChildren);
            current = token(parser.currentToken());
        }
    }

    /// Where the token that was read last begins.
    public int start() {
        return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    /// Where the token that was read last ends, exclusively.
    public int end() {
        if (current == Token.NAME) {
            return nameEnd();
        }
        // Jackson reads a string when it is asked for, and may be one space behind a number.
        int length = parsed(parser::getStringLength);
        return current == Token.STRING
                ? Math.toIntExact(parser.currentLocation().getByteOffset())
                : start() + length;
    }

    /// Jackson is at the value already when it gives a name, which is valid.
    private int nameEnd() {
        int at = start() + 1;
        while (text[at] != '"') {
            at += text[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /// The text of the name or string that was read last, its escapes resolved.
    public String string() {
        return parsed(parser::getString);
    }

    private <T extends @Nullable Object> T parsed(Supplier<T> step) {
        try {
            return step.get();
        } catch (JacksonException e) {
            throw faults.of(e, parser);
        }
    }

    private static Token token(@Nullable JsonToken token) {
        return switch (token) {
            case null -> Token.END;
            case START_OBJECT -> Token.BEGIN_OBJECT;
            case END_OBJECT -> Token.END_OBJECT;
            case START_ARRAY -> Token.BEGIN_ARRAY;
            case END_ARRAY -> Token.END_ARRAY;
            case PROPERTY_NAME -> Token.NAME;
            case VALUE_STRING -> Token.STRING;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Token.NUMBER;
            case VALUE_TRUE -> Token.TRUE;
            case VALUE_FALSE -> Token.FALSE;
            case VALUE_NULL -> Token.NULL;
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new AssertionError("no token of a JSON text: " + token);
        };
    }
}
