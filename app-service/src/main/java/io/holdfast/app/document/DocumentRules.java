package io.holdfast.app.document;

import io.holdfast.app.address.Query;
import io.holdfast.app.content.MediaTypes;
import io.holdfast.app.json.JsonReader;
import io.holdfast.app.json.MalformedJsonException;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Content;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// Decides what is stored: any JSON value within the limits, byte for byte as it came. Thread-safe.
public final class DocumentRules {
    /// The query parameter with the time to live.
    public static final String TTL = "ttl";

    private final int mostBytes;
    private final int deepest;
    private final Duration longest;

    DocumentRules(DocumentsProperties properties) {
        this.mostBytes = Math.toIntExact(properties.maxSize().toBytes());
        this.deepest = properties.maxDepth();
        this.longest = properties.maxTimeToLive();
    }

    /// How many bytes a document may have.
    public int mostBytes() {
        return mostBytes;
    }

    /// How many containers may stand in each other.
    public int deepest() {
        return deepest;
    }

    /// A document as the storage keeps it, if it is one.
    public Content content(byte[] json) {
        checkSize(json.length);
        if (json.length == 0) {
            throw malformed("The body is empty. A document is a JSON value, such as {}.");
        }
        try {
            JsonReader.check(json, deepest);
        } catch (MalformedJsonException e) {
            throw malformed(e.detail());
        }
        return new Content(json, MediaTypes.JSON);
    }

    /// Lets pass what is not too large for a document.
    public void checkSize(long bytes) {
        if (bytes > mostBytes) {
            throw new ProblemException(
                    ProblemType.BODY_TOO_LARGE,
                    "A document may have at most %,d bytes; this one has %,d.".formatted(mostBytes, bytes));
        }
    }

    /// The problem of a text that is no document.
    public static ProblemException malformed(String detail) {
        return new ProblemException(ProblemType.MALFORMED_DOCUMENT, detail);
    }

    /// The time to live that a request asks for, in whole milliseconds; null if it asks for none.
    public @Nullable Duration timeToLive(Query query) {
        String given = query.get(TTL);
        if (given == null) {
            return null;
        }
        Duration timeToLive = duration(given);
        if (timeToLive == null || timeToLive.compareTo(longest) > 0 || timeToLive.toMillis() < 1) {
            throw Query.invalid(
                    ("The parameter 'ttl' must be a number of seconds, such as 90, or an ISO-8601 duration, "
                                    + "such as PT1M30S, from 1 ms to %s (%d seconds).")
                            .formatted(longest, longest.toSeconds()));
        }
        return Duration.ofMillis(timeToLive.toMillis());
    }

    private static @Nullable Duration duration(String given) {
        try {
            return given.matches("[0-9]+") ? Duration.ofSeconds(Long.parseLong(given)) : Duration.parse(given);
        } catch (DateTimeParseException | NumberFormatException e) {
            return null;
        }
    }
}
