package io.holdfast.app.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contract.request.TimeOrderedIds;
import io.holdfast.storage.api.Placement;
import java.time.Clock;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlacedIdsTest {
    private final TimeOrderedIds ids = new TimeOrderedIds(Clock.systemUTC(), new Random(1));

    @Test
    void everyChecksumCanBeHad() {
        for (int checksum = 0; checksum < 1 << 16; checksum++) {
            assertThat(Placement.checksum(PlacedIds.place(ids.next(), checksum)))
                    .isEqualTo(checksum);
        }
    }

    @Test
    void onlyTheEndChanges() {
        String id = ids.next();
        String placed = PlacedIds.place(id, 4711);

        assertThat(placed).hasSameSizeAs(id).startsWith(id.substring(0, 28));
        assertThat(UUID.fromString(placed).version()).isEqualTo(7);
    }

    @Test
    void idsOfOneChecksumStayDifferentAndInOrder() {
        Set<String> all = new HashSet<>();
        String last = "";
        for (int i = 0; i < 10_000; i++) {
            String next = PlacedIds.place(ids.next(), 17);
            assertThat(next).isGreaterThan(last);
            all.add(next);
            last = next;
        }
        assertThat(all).hasSize(10_000);
    }
}
