package io.holdfast.app.proof;

import io.holdfast.app.json.JsonReader;
import io.holdfast.app.json.JsonReader.Token;
import io.holdfast.app.json.MalformedJsonException;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;

/// Reads `{"receipts":[…]}`.
final class ReceiptsRequest {
    private static final int DEEPEST = 8;
    /// Room for white space, and for what is no receipt.
    private static final int BYTES_PER_RECEIPT = 4 * Receipts.LENGTH;

    private static final int BYTES_AROUND = 4_096;

    private ReceiptsRequest() {}

    static int mostBytes(int mostReceipts) {
        return mostReceipts * BYTES_PER_RECEIPT + BYTES_AROUND;
    }

    static List<String> parse(byte[] json, int mostReceipts) {
        try {
            return receipts(new JsonReader(json, DEEPEST), mostReceipts);
        } catch (MalformedJsonException e) {
            throw malformed(e.detail());
        }
    }

    private static List<String> receipts(JsonReader in, int mostReceipts) {
        if (in.next() != Token.BEGIN_OBJECT
                || in.next() != Token.NAME
                || !in.string().equals("receipts")
                || in.next() != Token.BEGIN_ARRAY) {
            throw malformed("The body must be {\"receipts\":[…]}.");
        }
        List<String> receipts = new ArrayList<>();
        for (Token token = in.next(); token != Token.END_ARRAY; token = in.next()) {
            if (token != Token.STRING) {
                throw malformed(
                        "A receipt must be a string; the one at place %d is not.".formatted(receipts.size() + 1));
            }
            if (receipts.size() == mostReceipts) {
                throw malformed(
                        "A request may show at most %,d receipts; this one shows more.".formatted(mostReceipts));
            }
            receipts.add(in.string());
        }
        if (in.next() != Token.END_OBJECT) {
            throw malformed("The body must be {\"receipts\":[…]}, with nothing beside the receipts.");
        }
        in.next();
        return receipts;
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
    }
}
