package io.holdfast.storage.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.redis.Primaries;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LevelsTest {
    private static final Namespace ORDERS = new Namespace("documents", "orders");
    private static final Namespace LOGS = new Namespace("documents", "logs-2026");

    /// Knows whether there are replicas, and nobody to connect to.
    private record Known(boolean haveReplicas) implements Primaries {
        @Override
        public String holding(byte[] key) {
            return "primary";
        }

        @Override
        public StatefulRedisConnection<byte[], byte[]> connection(String primary, int number) {
            throw new RedisException("out of reach");
        }

        @Override
        public CompletionStage<Integer> successors(RedisAsyncCommands<byte[], byte[]> commands) {
            throw new RedisException("out of reach");
        }

        @Override
        public void lookAgain() {}

        @Override
        public void close() {}
    }

    private static Levels levels(boolean replicas, @Nullable Durability level, DurabilityProperties.Rule... rules) {
        Primaries primaries = new Known(replicas);
        DurabilityProperties properties = new DurabilityProperties(
                level, List.of(rules), 1, Duration.ofMillis(500), Duration.ofMillis(500), 2, 256, 10_000);
        return new Levels(properties, primaries, new ServerFeatures(primaries, 0));
    }

    @Test
    void isReplicatedWhereThereAreReplicas() {
        assertThat(levels(true, null).of(ORDERS)).isEqualTo(Durability.REPLICATED);
        assertThat(levels(false, null).of(ORDERS)).isEqualTo(Durability.MEMORY);
        assertThat(levels(true, Durability.MEMORY).of(ORDERS)).isEqualTo(Durability.MEMORY);
    }

    @Test
    void followsTheFirstRuleThatMatches() {
        Levels levels = levels(
                true,
                Durability.DISK,
                new DurabilityProperties.Rule("documents:logs-*", Durability.MEMORY),
                new DurabilityProperties.Rule("documents:*", Durability.REPLICATED));

        assertThat(levels.of(LOGS)).isEqualTo(Durability.MEMORY);
        assertThat(levels.of(ORDERS)).isEqualTo(Durability.REPLICATED);
        assertThat(levels.of(new Namespace("caches", "logs-1"))).isEqualTo(Durability.DISK);
        assertThat(levels.of(new Namespace("documents", "xlogs-1"))).isEqualTo(Durability.REPLICATED);
    }

    @Test
    void refusesReplicasThatDoNotExist() {
        byte[] key = {1};
        levels(true, null).requirePossible(Durability.REPLICATED, key);
        levels(false, null).requirePossible(Durability.MEMORY, key);
        assertThatThrownBy(() -> levels(false, null).requirePossible(Durability.REPLICATED, key))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no replicas");
        assertThatThrownBy(() -> levels(true, null).requirePossible(Durability.DISK, key))
                .isInstanceOf(RedisException.class);
    }

    @Test
    void readsWhatAServerLacksToConfirmTheDisk() {
        assertThat(ServerFeatures.missingFrom("redis_version:7.2.0\r\nx:1\r\naof_enabled:1\r\n"))
                .isNull();
        assertThat(ServerFeatures.missingFrom("redis_version:8.0.3\r\naof_enabled:1\r\n"))
                .isNull();
        assertThat(ServerFeatures.missingFrom("redis_version:7.0.15\r\naof_enabled:1\r\n"))
                .contains("Redis 7.2", "7.0");
        assertThat(ServerFeatures.missingFrom("redis_version:10.1.0\r\naof_enabled:0\r\n"))
                .contains("appendonly no");
        assertThat(ServerFeatures.missingFrom("")).contains("version");
    }
}
