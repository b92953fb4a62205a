package io.holdfast.storage.layout;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempts;
import io.holdfast.storage.redis.Redis;
import java.nio.charset.StandardCharsets;

/// The layout of the data in this Redis. The first service to come writes down how it divides the
/// data; whoever would divide it differently is refused, as it would not find the records of the
/// others. Thread-safe.
public final class Layout {
    private static final byte[] KEY = "hf:layout".getBytes(StandardCharsets.US_ASCII);

    private final String ours;
    private final Redis redis;
    private final Attempts attempts;
    private volatile boolean verified;

    Layout(Partitions partitions, Redis redis, Attempts attempts) {
        this.ours = "format=1 partitions=" + partitions.all().size();
        this.redis = redis;
        this.attempts = attempts;
    }

    /// Returns when the layout is known to be ours; at once after the first time.
    ///
    /// @throws ProblemException where it is another one, or Redis cannot be asked
    public void verify(Deadline deadline) {
        if (verified) {
            return;
        }
        attempts.one(deadline, () -> redis.commands().setnx(KEY, ours.getBytes(StandardCharsets.US_ASCII)));
        byte[] stored = attempts.one(deadline, () -> redis.commands().get(KEY));
        String theirs = new String(stored, StandardCharsets.US_ASCII);
        if (!theirs.equals(ours)) {
            throw new ProblemException(
                    ProblemType.STORAGE_UNAVAILABLE,
                    ("The data in Redis has the layout '%s', this service is configured for '%s'. "
                                    + "Set holdfast.storage.partitions to the value the data has, or use another Redis.")
                            .formatted(theirs, ours));
        }
        verified = true;
    }
}
