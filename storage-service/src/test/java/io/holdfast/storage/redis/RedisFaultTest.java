package io.holdfast.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contract.problem.ProblemType;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.SocketException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisFaultTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CLUSTERDOWN The cluster is down",
                "LOADING Redis is loading the dataset in memory",
                "READONLY You can't write against a read only replica.",
                "NOREPLICAS Not enough good replicas to write.",
                "MASTERDOWN Link with MASTER is down",
                "TRYAGAIN Multiple keys request during rehashing of slot",
                "MOVED 1 127.0.0.1:1"
            })
    void changingOverPasses(String message) {
        RedisFault fault = RedisFault.of(new CompletionException(new RedisCommandExecutionException(message)));

        assertThat(fault.passing()).isTrue();
        assertThat(fault.type()).isEqualTo(ProblemType.STORAGE_UNAVAILABLE);
    }

    @Test
    void lostConnectionAndSilencePass() {
        assertThat(RedisFault.of(new ExecutionException(new RedisConnectionException("refused")))
                        .passing())
                .isTrue();
        assertThat(RedisFault.of(new RedisCommandTimeoutException()).passing()).isTrue();
    }

    @Test
    void aConnectionThatIsResetUnderACommandPasses() {
        assertThat(RedisFault.of(new ExecutionException(new SocketException("Connection reset")))
                        .passing())
                .isTrue();
        assertThat(RedisFault.of(new CancellationException()).passing()).isTrue();
    }

    @Test
    void fullMemoryStaysAndIsNamed() {
        RedisFault fault = RedisFault.of(
                new RedisCommandExecutionException("OOM command not allowed when used memory > 'maxmemory'."));

        assertThat(fault.passing()).isFalse();
        assertThat(fault.type()).isEqualTo(ProblemType.STORAGE_FULL);
    }

    @Test
    void wrongPasswordStaysAndIsNamed() {
        RedisFault fault =
                RedisFault.of(new RedisCommandExecutionException("WRONGPASS invalid username-password pair"));

        assertThat(fault.passing()).isFalse();
        assertThat(fault.detail()).contains("credentials");
    }

    @Test
    void aConnectionThatIsRefusedForItsPasswordSaysSoAndMayBeTriedAgain() {
        RedisFault fault = RedisFault.of(new CompletionException(new RedisConnectionException(
                "Unable to connect to 127.0.0.1:6379",
                new RedisConnectionException(
                        "failed", new RedisCommandExecutionException("WRONGPASS invalid username-password pair")))));

        assertThat(fault.passing()).isTrue();
        assertThat(fault.detail()).contains("credentials");
    }

    @ParameterizedTest
    @CsvSource({
        "OOM command not allowed when used memory > 'maxmemory'.,FULL",
        "READONLY You can't write against a read only replica.,READ_ONLY",
        "NOREPLICAS Not enough good replicas to write.,READ_ONLY",
        "MISCONF Redis is configured to save RDB snapshots,DISK"
    })
    void aServerThatTakesNoWritesIsToldFromOneThatIsGone(String message, RedisFault.Refusal refusal) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Refusals refusals = new Refusals(meters);
        assertThat(refusals.reason(Duration.ofMinutes(1))).isEmpty();

        RedisFault fault = RedisFault.of(new RedisCommandExecutionException(message));
        refusals.note(fault);

        assertThat(fault.refusal()).isEqualTo(refusal);
        assertThat(refusals.reason(Duration.ofMinutes(1))).contains(fault.detail());
        assertThat(refusals.reason(Duration.ZERO)).isEmpty();
        String reason = refusal.name().toLowerCase(Locale.ROOT).replace('_', '-');
        assertThat(meters.get("holdfast.storage.redis.refused")
                        .tag("reason", reason)
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatIsGoneRefusesNothing() {
        Refusals refusals = new Refusals(new SimpleMeterRegistry());
        refusals.note(RedisFault.of(new RedisConnectionException("refused")));
        assertThat(refusals.reason(Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void anErrorOfOursIsNeitherRepeatedNorHidden() {
        RedisFault fault =
                RedisFault.of(new RedisCommandExecutionException("ERR user_script:12: attempt to index nil"));

        assertThat(fault.passing()).isFalse();
        assertThat(fault.type()).isEqualTo(ProblemType.INTERNAL_ERROR);
    }

    @Test
    void saysThatTheDiskIsAtFault() {
        RedisFault fault = RedisFault.of(new RedisCommandExecutionException(
                "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk."));
        assertThat(fault.type()).isEqualTo(ProblemType.STORAGE_UNAVAILABLE);
        assertThat(fault.passing()).isFalse();
        assertThat(fault.detail()).contains("disk");
    }
}
