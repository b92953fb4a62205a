package io.holdfast.storage.operation;

import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.IdempotencyKey;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.RecordStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The limits of single operations. App services check what their users send and say it better; this
/// holds whoever calls.
final class OperationCheck {
    private static final int LONGEST_KEY = 512;
    private static final int LONGEST_CONTENT_TYPE = 255;
    private static final int MOST_METADATA_BYTES = 8 * 1024;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1," + IdempotencyKey.LONGEST_TOKEN + "}");
    private static final Duration LONGEST_LIFE = Duration.ofDays(100 * 366L);

    private final long maxRecordBytes;

    OperationCheck(OperationProperties properties) {
        this.maxRecordBytes = properties.maxRecordSize().toBytes();
    }

    /// What is wrong with an operation, or null.
    Outcome.@Nullable Failed fault(Operation<?> operation) {
        return switch (operation) {
            case Operation.Get get -> key(get.key());
            case Operation.Delete delete -> key(delete.key());
            case Operation.Once(Operation<?> write, IdempotencyKey key) -> {
                Outcome.Failed badKey = idempotencyKey(key);
                yield badKey == null ? fault(write) : badKey;
            }
            case Operation.Recall(Namespace _, String key, IdempotencyKey of) -> {
                Outcome.Failed badKey = idempotencyKey(of);
                yield badKey == null ? key(key) : badKey;
            }
            case Operation.Claim claim -> claim(claim);
            case Operation.Put put -> put(put);
            case Operation.Scan scan ->
                scan.limit() < 1 || scan.limit() > RecordStore.MOST_OPERATIONS
                        ? parameter("The limit is %d; 1 to %d is allowed."
                                .formatted(scan.limit(), RecordStore.MOST_OPERATIONS))
                        : null;
            case Operation.ListFailovers(int limit) ->
                limit < 1 || limit > RecordStore.MOST_OPERATIONS
                        ? parameter(
                                "The limit is %d; 1 to %d is allowed.".formatted(limit, RecordStore.MOST_OPERATIONS))
                        : null;
            case Operation.Count _, Operation.ListNamespaces _, Operation.DropNamespace _, Operation.Verify _ -> null;
        };
    }

    private static Outcome.@Nullable Failed claim(Operation.Claim claim) {
        Outcome.Failed badKey = idempotencyKey(claim.key());
        if (badKey != null) {
            return badKey;
        }
        if (utf8Length(claim.owner()) > IdempotencyKey.LONGEST_TOKEN
                || claim.lease().isNegative()
                || claim.lease().compareTo(LONGEST_LIFE) > 0) {
            return parameter("The owner or the lease of the claim is too long.");
        }
        return null;
    }

    private static Outcome.@Nullable Failed idempotencyKey(IdempotencyKey key) {
        if (!TOKEN.matcher(key.token()).matches()) {
            return parameter("The idempotency token is not 1 to %d letters, digits, '-' and '_'."
                    .formatted(IdempotencyKey.LONGEST_TOKEN));
        }
        if (utf8Length(key.fingerprint()) > IdempotencyKey.LONGEST_FINGERPRINT
                || utf8Length(key.note()) > IdempotencyKey.LONGEST_NOTE) {
            return parameter("The fingerprint or the note of the idempotency key has more than %d or %,d bytes."
                    .formatted(IdempotencyKey.LONGEST_FINGERPRINT, IdempotencyKey.LONGEST_NOTE));
        }
        if (key.keptFor().toMillis() < 1 || key.keptFor().compareTo(LONGEST_LIFE) > 0) {
            return parameter("The idempotency key is to be kept for %s; 1 ms to %d days is allowed."
                    .formatted(key.keptFor(), LONGEST_LIFE.toDays()));
        }
        return null;
    }

    private Outcome.@Nullable Failed put(Operation.Put put) {
        Outcome.Failed badKey = key(put.key());
        if (badKey != null) {
            return badKey;
        }
        Content content = put.content();
        Duration life = put.timeToLive();
        if (content.bytes().length > maxRecordBytes) {
            return new Outcome.Failed(
                    ProblemType.BODY_TOO_LARGE,
                    "The content has %,d bytes; at most %,d are allowed."
                            .formatted(content.bytes().length, maxRecordBytes));
        }
        if (utf8Length(content.contentType()) > LONGEST_CONTENT_TYPE) {
            return parameter("The content type is longer than %d bytes.".formatted(LONGEST_CONTENT_TYPE));
        }
        if (metadataBytes(content) > MOST_METADATA_BYTES) {
            return parameter("The metadata has more than %,d bytes.".formatted(MOST_METADATA_BYTES));
        }
        if (life != null && (life.toMillis() < 1 || life.compareTo(LONGEST_LIFE) > 0)) {
            return parameter(
                    "The time to live is %s; 1 ms to %d days is allowed.".formatted(life, LONGEST_LIFE.toDays()));
        }
        return null;
    }

    private static Outcome.@Nullable Failed key(String key) {
        int length = utf8Length(key);
        return length < 1 || length > LONGEST_KEY
                ? new Outcome.Failed(
                        ProblemType.INVALID_ID,
                        "The key has %d bytes; 1 to %d are allowed.".formatted(length, LONGEST_KEY))
                : null;
    }

    private static int metadataBytes(Content content) {
        return content.metadata().entrySet().stream()
                .mapToInt(entry -> utf8Length(entry.getKey()) + utf8Length(entry.getValue()))
                .sum();
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Outcome.Failed parameter(String detail) {
        return new Outcome.Failed(ProblemType.INVALID_PARAMETER, detail);
    }
}
