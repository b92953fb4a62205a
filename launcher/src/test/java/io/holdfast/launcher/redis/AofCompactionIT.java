package io.holdfast.launcher.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AofCompactionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int VALUE_BYTES = 1 << 20;

    @TempDir
    private Path directory;

    private RedisServer server;
    private AofCompaction compaction;

    @BeforeEach
    void start() {
        server = RedisServer.start(directory, 0, "a-password_1");
        compaction = new AofCompaction(List.of(server.address()), server.password());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void leavesOnlyWhatIsThereAndNotEveryChange() throws IOException, InterruptedException {
        write(8);
        assertThat(fileBytes()).isGreaterThan(8 * VALUE_BYTES);
        compaction.begin();
        compaction.await(PATIENCE);
        assertThat(fileBytes()).isBetween(1L, 2L * VALUE_BYTES);
        server.close();
        server.start();
        server.awaitAnswer();
        assertThat(server.admin().ask("STRLEN", "key")).isEqualTo(String.valueOf(VALUE_BYTES));
    }

    @Test
    void leavesAShortFileAlone() throws IOException, InterruptedException {
        write(2);
        long before = fileBytes();
        compaction.begin();
        compaction.await(PATIENCE);
        assertThat(fileBytes()).isEqualTo(before);
    }

    @Test
    void putsUpWithAServerThatIsGone() throws InterruptedException {
        server.kill();
        compaction.begin();
        compaction.await(PATIENCE);
    }

    /// Of the same key, and of bytes that cannot be compressed away.
    private void write(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            server.admin()
                    .ask(
                            "EVAL",
                            "local v = {} for i = 1, 65536 do v[i] = redis.sha1hex(ARGV[1] .. i):sub(1, 16) end"
                                    + " redis.call('SET', 'key', table.concat(v)) return 1",
                            "0",
                            String.valueOf(i));
        }
    }

    private long fileBytes() throws IOException {
        return Long.parseLong(
                server.admin().field("aof_current_size", "INFO", "persistence").orElseThrow());
    }
}
