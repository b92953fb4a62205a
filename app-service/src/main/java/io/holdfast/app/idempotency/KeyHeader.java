package io.holdfast.app.idempotency;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The request header `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07): a String item
/// of Structured Fields (RFC 9651), as in `"8e03978e-40d5-43dd"`. Many clients send it without the
/// quotes, and so it is taken: `abc` and `"abc"` are the same key.
final class KeyHeader {
    static final String NAME = "Idempotency-Key";
    static final int LONGEST = 255;

    private KeyHeader() {}

    /// The key of a request; null if it has none.
    static @Nullable String of(HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(NAME));
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw malformed("the header is given %d times".formatted(values.size()));
        }
        return parse(values.getFirst().strip());
    }

    static String parse(String value) {
        String key = value.startsWith("\"") ? quoted(value) : unquoted(value);
        if (key.isEmpty() || key.length() > LONGEST) {
            throw malformed("this one has %,d".formatted(key.length()));
        }
        return key;
    }

    private static String quoted(String value) {
        StringBuilder key = new StringBuilder(value.length());
        int at = 1;
        while (at < value.length() && value.charAt(at) != '"') {
            char next = value.charAt(at);
            if (next == '\\') {
                at++;
                next = at < value.length() ? value.charAt(at) : '\0';
                if (next != '"' && next != '\\') {
                    throw malformed("a backslash stands only before a quote or a backslash");
                }
            }
            requirePrintable(next);
            key.append(next);
            at++;
        }
        if (at != value.length() - 1) {
            throw malformed(
                    at == value.length() ? "the closing quote is missing" : "something follows the closing quote");
        }
        return key.toString();
    }

    private static String unquoted(String value) {
        for (int i = 0; i < value.length(); i++) {
            char next = value.charAt(i);
            requirePrintable(next);
            if (" \"\\,;".indexOf(next) >= 0) {
                throw malformed("a key with blanks, quotes, backslashes, commas or semicolons must be quoted");
            }
        }
        return value;
    }

    private static void requirePrintable(char next) {
        if (next < ' ' || next > '~') {
            throw malformed("only printable ASCII is allowed");
        }
    }

    private static ProblemException malformed(String why) {
        return new ProblemException(
                ProblemType.INVALID_IDEMPOTENCY_KEY,
                "The header Idempotency-Key must be one quoted string of 1 to %d characters, such as \"8e03978e-40d5\"; %s."
                        .formatted(LONGEST, why));
    }
}
