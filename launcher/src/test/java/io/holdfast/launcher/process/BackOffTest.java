package io.holdfast.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private final BackOff backOff = new BackOff(Duration.ofMillis(250), Duration.ofSeconds(2), Duration.ofMinutes(1));

    @Test
    void doublesUpToTheLongest() {
        assertThat(IntStream.rangeClosed(1, 6)
                        .mapToObj(backOff::delay)
                        .map(Duration::toMillis)
                        .toList())
                .containsExactly(250L, 500L, 1000L, 2000L, 2000L, 2000L);
    }

    @Test
    void staysBoundedAfterAnyNumberOfDeaths() {
        assertThat(backOff.delay(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(2));
    }
}
