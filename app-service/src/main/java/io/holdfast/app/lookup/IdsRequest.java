package io.holdfast.app.lookup;

import io.holdfast.app.address.DocumentId;
import io.holdfast.app.json.JsonReader;
import io.holdfast.app.json.JsonReader.Token;
import io.holdfast.app.json.MalformedJsonException;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Reads `{"ids":[…]}`.
final class IdsRequest {
    private static final int DEEPEST = 8;
    /// Every byte of an id may come as an escape of six bytes, and each id has quotes and a comma
    /// around it.
    private static final int BYTES_PER_ID = 6 * DocumentId.MOST_BYTES + 3;

    private static final int BYTES_AROUND = 4_096;

    private IdsRequest() {}

    /// The most bytes that a request with so many ids needs.
    static int mostBytes(int mostIds) {
        return mostIds * BYTES_PER_ID + BYTES_AROUND;
    }

    /// The ids in their order, each once.
    static List<String> parse(byte[] json, int mostIds) {
        try {
            return ids(new JsonReader(json, DEEPEST), mostIds);
        } catch (MalformedJsonException e) {
            throw malformed(e.detail());
        }
    }

    private static List<String> ids(JsonReader in, int mostIds) {
        if (in.next() != Token.BEGIN_OBJECT
                || in.next() != Token.NAME
                || !in.string().equals("ids")
                || in.next() != Token.BEGIN_ARRAY) {
            throw malformed("The body must be {\"ids\":[…]}.");
        }
        Set<String> ids = new LinkedHashSet<>();
        int count = 0;
        for (Token token = in.next(); token != Token.END_ARRAY; token = in.next()) {
            if (token != Token.STRING) {
                throw malformed("An id must be a string; the one at place %d is not.".formatted(count + 1));
            }
            if (++count > mostIds) {
                throw malformed("A request may name at most %,d ids; this one names more.".formatted(mostIds));
            }
            ids.add(DocumentId.check(in.string()));
        }
        if (in.next() != Token.END_OBJECT) {
            throw malformed("The body must be {\"ids\":[…]}, with nothing beside the ids.");
        }
        in.next();
        return new ArrayList<>(ids);
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
    }
}
