package io.holdfast.storage.claim;

import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.IdempotencyKey;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempts;
import io.holdfast.storage.redis.Redis;
import io.holdfast.storage.redis.Script;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;

/// Keeps the claims on idempotency keys. A claim lies in the partition of its key's token, so it is
/// found whatever record the key is used for. Thread-safe.
public final class Claims {
    private static final Script SCRIPT = Script.load("claim");

    private final Partitions partitions;
    private final Redis redis;
    private final Attempts attempts;

    Claims(Partitions partitions, Redis redis, Attempts attempts) {
        this.partitions = partitions;
        this.redis = redis;
        this.attempts = attempts;
    }

    /// Claims or gives back, as the operation says. May be repeated: the owner is known.
    public Outcome.Claiming claim(Operation.Claim claim, Deadline deadline) {
        IdempotencyKey key = claim.key();
        byte[][] keys = {partitions.of(key.token()).claim(key.token())};
        byte[][] arguments = {
            utf8(claim.owner()),
            number(claim.lease().toMillis()),
            utf8(key.fingerprint()),
            number(key.keptFor().toMillis())
        };
        long answer = attempts.one(deadline, () -> redis.<Long>run(SCRIPT, ScriptOutputType.INTEGER, keys, arguments));
        return switch ((int) answer) {
            case 1 -> new Outcome.Claimed();
            case 2 -> new Outcome.Busy();
            case 3 -> new Outcome.KeyReused();
            default -> throw new IllegalStateException("unknown answer " + answer);
        };
    }

    private static byte[] number(long value) {
        return utf8(Long.toString(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
