package io.holdfast.gateway.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class ReplayTest {
    private final ApplicationContextRunner context = new ApplicationContextRunner().withUserConfiguration(Bound.class);

    @Test
    void keepsBodiesOfOneMebibyteUnlessToldOtherwise() {
        context.run(started -> assertThat(started.getBean(ReplayProperties.class))
                .isEqualTo(new ReplayProperties(DataSize.ofMegabytes(1), DataSize.ofMegabytes(32))));
    }

    @Test
    void bindsEveryProperty() {
        context.withPropertyValues("holdfast.gateway.replay.largest-body=2KB", "holdfast.gateway.replay.memory=5KB")
                .run(started -> assertThat(started.getBean(ReplayProperties.class))
                        .isEqualTo(new ReplayProperties(DataSize.ofKilobytes(2), DataSize.ofKilobytes(5))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"largest-body=-1", "memory=-1KB"})
    void refusesNegativeSizes(String property) {
        context.withPropertyValues("holdfast.gateway.replay." + property)
                .run(started -> assertThat(started).hasFailed());
    }

    @Test
    void keepsNoMoreThanItsMemoryHolds() {
        ReplayMemory memory = new ReplayMemory(new ReplayProperties(DataSize.ofBytes(100), DataSize.ofBytes(150)));
        assertThat(memory.reserve(101)).isFalse();
        assertThat(memory.reserve(100)).isTrue();
        assertThat(memory.reserve(51)).isFalse();
        assertThat(memory.reserve(50)).isTrue();
        memory.release(100);
        assertThat(memory.used()).isEqualTo(50);
        assertThat(memory.reserve(100)).isTrue();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ReplayProperties.class)
    static class Bound {}
}
