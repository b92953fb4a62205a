package io.holdfast.app.testing;

import io.holdfast.storage.api.IdempotencyKey;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Placement;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a [FakeRecordStore] knows of keys: which are claimed, and what the writes under them came to. Guarded by the
/// store.
final class FakeKeys {
    private final Clock clock;
    private final Map<String, Kept> once = new TreeMap<>();
    private final Map<String, Operation.Claim> claims = new TreeMap<>();
    private final Map<String, Long> leases = new TreeMap<>();

    private record Kept(IdempotencyKey key, Outcome outcome, long untilMillis) {}

    FakeKeys(Clock clock) {
        this.clock = clock;
    }

    void clear() {
        once.clear();
        claims.clear();
        leases.clear();
    }

    void keep(String record, IdempotencyKey key, Outcome outcome) {
        long until = clock.millis() + key.keptFor().toMillis();
        once.put(place(record, key), new Kept(key, outcome, until));
    }

    Outcome.@Nullable Once kept(String record, IdempotencyKey key) {
        Kept kept = once.get(place(record, key));
        if (kept == null || kept.untilMillis() <= clock.millis()) {
            return null;
        }
        return kept.key().fingerprint().equals(key.fingerprint())
                ? new Outcome.Repeated(kept.outcome(), kept.key().note())
                : new Outcome.KeyReused();
    }

    /// What is kept is found only in the partition of the record, here one for each checksum.
    private static String place(String record, IdempotencyKey key) {
        return Placement.checksum(record) + " " + key.token();
    }

    Outcome claim(Operation.Claim claim) {
        String token = claim.key().token();
        Operation.Claim held = claims.get(token);
        if (held != null && !held.key().fingerprint().equals(claim.key().fingerprint())) {
            return new Outcome.KeyReused();
        }
        boolean atWork = leases.getOrDefault(token, 0L) > clock.millis();
        if (held != null && atWork && !held.owner().equals(claim.owner())) {
            return new Outcome.Busy();
        }
        if (claim.lease().isZero()) {
            claims.remove(token);
        } else {
            claims.put(token, claim);
            leases.put(token, clock.millis() + claim.lease().toMillis());
        }
        return new Outcome.Claimed();
    }

    void endLeases() {
        leases.clear();
    }

    void loseClaims() {
        claims.clear();
    }
}
