package io.holdfast.launcher.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Has servers write their append-only files anew before they are stopped, so that the next start reads
/// a snapshot instead of every change since the last one. Optional in every way: a server that does not
/// answer, or takes too long, keeps the file it has, which holds the same data.
public final class AofCompaction {
    /// Less than this is read faster than it is worth writing anew.
    private static final long WORTHWHILE_BYTES = 4 << 20;

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final List<RedisAdmin> servers;

    public AofCompaction(List<NodeAddress> nodes, String password) {
        servers = nodes.stream().map(node -> new RedisAdmin(node, password)).toList();
    }

    /// Asks every server that has much to read, and does not wait for them.
    public void begin() {
        for (RedisAdmin server : servers) {
            try {
                if (isWorthwhile(server)) {
                    server.ask("BGREWRITEAOF");
                }
            } catch (IOException | RedisException _) {
                // It is down, or is rewriting already.
            }
        }
    }

    /// Waits until none is writing any more, or for as long as given.
    public void await(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (RedisAdmin server : servers) {
            while (isRewriting(server) && System.nanoTime() - deadline < 0) {
                Thread.sleep(PAUSE);
            }
        }
    }

    /// What the server calls the base is what it last read or wrote as a whole.
    private static boolean isWorthwhile(RedisAdmin server) throws IOException {
        String persistence = server.ask("INFO", "persistence");
        long size = number(persistence, "aof_current_size");
        return size > WORTHWHILE_BYTES && size != number(persistence, "aof_base_size");
    }

    private static long number(String info, String field) {
        return RedisAdmin.field(field, info).map(Long::parseLong).orElse(0L);
    }

    private static boolean isRewriting(RedisAdmin server) {
        try {
            String persistence = server.ask("INFO", "persistence");
            return number(persistence, "aof_rewrite_in_progress") + number(persistence, "aof_rewrite_scheduled") > 0;
        } catch (IOException | RedisException _) {
            return false; // it ended
        }
    }
}
