package io.holdfast.storage.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Placement;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.codec.CRC16;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionsTest {
    private static final Namespace CITIES = new Namespace("documents", "cities");

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 48, 1024})
    void haveSlotsSpreadEvenlyOverTheRange(int count) {
        List<Integer> slots = new Partitions(count)
                .all().stream().map(p -> SlotHash.getSlot(p.clock())).toList();

        List<Integer> middles = IntStream.range(0, count)
                .mapToObj(i -> (int) ((i + 0.5) * SlotHash.SLOT_COUNT / count))
                .toList();
        assertThat(slots).isEqualTo(middles);
    }

    @Test
    void allKeysOfAPartitionLieInItsSlot() {
        for (Partition partition : new Partitions(48).all()) {
            int slot = SlotHash.getSlot(partition.clock());
            assertThat(List.of(
                            partition.epoch(CITIES),
                            partition.index(CITIES),
                            partition.record(CITIES, "a{b}c"),
                            partition.expiries(),
                            partition.swept(),
                            partition.directory(),
                            partition.drops()))
                    .allSatisfy(key -> assertThat(SlotHash.getSlot(key)).isEqualTo(slot));
        }
    }

    @Test
    void shareRecordsEvenly() {
        Partitions partitions = new Partitions(48);
        List<Integer> sizes = new ArrayList<>(Collections.nCopies(48, 0));
        for (int id = 0; id < 48_000; id++) {
            int number = partitions.of(Integer.toString(id)).number();
            sizes.set(number, sizes.get(number) + 1);
        }
        assertThat(sizes).allSatisfy(size -> assertThat(size).isBetween(850, 1150));
    }

    @Test
    void followTheChecksumThatCallersKnow() {
        for (String key : List.of("a", "ключ/🦊", "0199a3c4-5e6f-7a01-8b02-9c03ad04be05")) {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            assertThat(Placement.checksum(key)).isEqualTo(CRC16.crc16(bytes) & 0xFFFF);
        }
    }
}
