package io.holdfast.storage.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacementTest {
    @Test
    void isTheChecksumThatRedisClusterSpecifies() {
        assertThat(Placement.checksum("123456789")).isEqualTo(0x31C3);
        assertThat(Placement.checksum("")).isZero();
    }

    @Test
    void canBeTakenPartByPart() {
        assertThat(Placement.continued(Placement.checksum("ключ"), "/🦊")).isEqualTo(Placement.checksum("ключ/🦊"));
    }
}
