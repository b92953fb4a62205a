package io.holdfast.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ProbePaceTest {
    private final ProbePace pace = new ProbePace(40, Duration.ofMillis(50), Duration.ofMillis(200));

    @Test
    void growsWithTheTimeTakenWithinItsBounds() {
        assertThat(LongStream.of(0, 2000, 4000, 8000, 60_000)
                        .mapToObj(millis -> pace.pause(Duration.ofMillis(millis)))
                        .map(Duration::toMillis)
                        .toList())
                .containsExactly(50L, 50L, 100L, 200L, 200L);
    }
}
