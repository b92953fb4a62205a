package io.holdfast.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contract.problem.ProblemType;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import java.net.SocketException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisFaultTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CLUSTERDOWN The cluster is down",
                "LOADING Redis is loading the dataset in memory",
                "READONLY You can't write against a read only replica.",
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
