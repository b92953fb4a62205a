package io.holdfast.launcher.redis;

import io.holdfast.launcher.directory.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The configuration file of one server. Only directives that Redis 6.2 knows as well as Redis 8 and
/// Valkey. The file holds the password, so that it appears on no command line, and only its owner can
/// read it.
///
/// @param directory where the server keeps its data; the file is written there too
public record RedisConf(Path directory, int port, boolean cluster, String password) {
    /// How long a node is silent before the others call it dead. Election takes about one more second.
    /// Shorter makes a busy machine or a slow disk look like a death; longer eats up the time that
    /// requests wait for a failover.
    public static final Duration NODE_TIMEOUT = Duration.ofMillis(2500);

    private static final List<String> COMMON = List.of(
            "bind 127.0.0.1",
            "protected-mode yes",
            "tcp-backlog 128",
            "tcp-keepalive 60",
            "timeout 0",
            "maxclients 1000",
            "daemonize no",
            "loglevel notice",
            "logfile \"\"",
            // Every write is in the append-only file before it is answered, and on disk a second later.
            "save \"\"",
            "appendonly yes",
            "appendfsync everysec",
            "aof-use-rdb-preamble yes",
            // Short values hardly shrink, and a start on a few cores waits for what compressing them takes.
            "rdbcompression no",
            "aof-load-truncated yes",
            "auto-aof-rewrite-percentage 100",
            "auto-aof-rewrite-min-size 64mb",
            "aof-rewrite-incremental-fsync yes",
            // A replica that was away shortly catches up from the backlog; otherwise the primary streams.
            "repl-diskless-sync yes",
            "repl-diskless-sync-delay 0",
            "repl-backlog-size 8mb",
            "repl-ping-replica-period 2",
            "maxmemory-policy noeviction",
            "activedefrag no",
            "jemalloc-bg-thread yes",
            // Large values are freed by a thread of their own.
            "lazyfree-lazy-eviction yes",
            "lazyfree-lazy-expire yes",
            "lazyfree-lazy-server-del yes",
            "lazyfree-lazy-user-del yes",
            "replica-lazy-flush yes");

    private static final List<String> CLUSTER = List.of(
            "cluster-enabled yes",
            "cluster-config-file nodes.conf",
            "cluster-announce-ip 127.0.0.1",
            "cluster-node-timeout " + NODE_TIMEOUT.toMillis(),
            // A primary without a replica takes only its own slots down.
            "cluster-require-full-coverage no",
            // A replica that was not in touch with its primary for long, or not at all since it started,
            // does not take over: its primary is starting too, with the newer data.
            "cluster-replica-validity-factor 10",
            "cluster-allow-replica-migration no");

    /// The bus on which nodes talk to each other listens this far above the port.
    public static final int BUS_OFFSET = 10_000;

    public RedisConf {
        if (!password.matches("[A-Za-z0-9_-]*")) {
            throw new IllegalArgumentException("A Redis password consists of letters, digits, '_' and '-'.");
        }
        directory = directory.toAbsolutePath();
    }

    public Path file() {
        return directory.resolve("redis.conf");
    }

    /// Writes the file, and the folder if need be; returns the command that starts the server.
    public List<String> write(RedisBinary binary) {
        try {
            Files.createDirectories(directory);
            PrivateFile.write(file(), text());
        } catch (IOException e) {
            throw new RedisException(
                    "The Redis configuration cannot be written to " + directory + " (" + e.getMessage()
                            + "). Make that folder writable, or choose another.",
                    e);
        }
        return List.of(binary.executable().toString(), file().toString());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        COMMON.forEach(line -> text.append(line).append('\n'));
        text.append("port ").append(port).append('\n');
        text.append("dir ").append(quoted(directory.toString())).append('\n');
        if (!password.isEmpty()) {
            text.append("requirepass ").append(password).append('\n');
            text.append("masterauth ").append(password).append('\n');
        }
        if (cluster) {
            CLUSTER.forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
