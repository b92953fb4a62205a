package io.holdfast.app.proof;

import io.holdfast.app.json.JsonStrings;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is told of one receipt.
///
/// @param receipt what it says, null where it is none
record ReceiptVerdict(String text, String state, @Nullable Receipt receipt, String detail) {
    static ReceiptVerdict invalid(String text) {
        return new ReceiptVerdict(text, "invalid", null, "This is no receipt, or one that was not issued here.");
    }

    static ReceiptVerdict of(String text, Receipt receipt, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Fate(Outcome.Fate.State state, String detail) ->
                new ReceiptVerdict(text, state.name().toLowerCase(Locale.ROOT), receipt, detail);
            case Outcome.Failed(ProblemType _, String detail) -> new ReceiptVerdict(text, "unknown", receipt, detail);
            default -> throw new IllegalStateException("a question was answered with " + outcome);
        };
    }

    /// `{"results":[…]}`
    static byte[] json(List<ReceiptVerdict> verdicts) {
        ByteArrayOutputStream json = new ByteArrayOutputStream(256 * (verdicts.size() + 1));
        json.writeBytes(ascii("{\"results\":["));
        for (int i = 0; i < verdicts.size(); i++) {
            json.writeBytes(ascii(i == 0 ? "" : ","));
            verdicts.get(i).write(json);
        }
        json.writeBytes(ascii("]}"));
        return json.toByteArray();
    }

    private void write(ByteArrayOutputStream json) {
        json.writeBytes(ascii("{\"receipt\":"));
        json.writeBytes(JsonStrings.encode(text));
        json.writeBytes(ascii(",\"state\":\"" + state + '"'));
        if (receipt != null) {
            json.writeBytes(ascii(",\"partition\":%d,\"version\":%d,\"level\":\"%s\""
                    .formatted(
                            receipt.origin().partition(),
                            receipt.version(),
                            receipt.reached().level().label())));
        }
        json.writeBytes(ascii(",\"detail\":"));
        json.writeBytes(JsonStrings.encode(detail));
        json.writeBytes(ascii("}"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
