package io.holdfast.launcher.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One server as a child process, for tests. It ends with this JVM at the latest; its data stay.
public final class RedisServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RedisBinary binary;
    private final RedisConf conf;
    private final Thread onExit = new Thread(this::kill, "redis-exit");
    private @Nullable Process process;

    RedisServer(RedisBinary binary, RedisConf conf) {
        this.binary = binary;
        this.conf = conf;
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /// Starts a single server with its data below `directory` and waits until it answers.
    ///
    /// @param port 0 for a free one
    public static RedisServer start(Path directory, int port, String password) {
        RedisConf conf = new RedisConf(directory, port == 0 ? FreePorts.single() : port, false, password);
        RedisServer server = new RedisServer(RedisBinary.find(), conf);
        server.start();
        server.awaitAnswer();
        return server;
    }

    public NodeAddress address() {
        return NodeAddress.local(conf.port());
    }

    public String password() {
        return conf.password();
    }

    public RedisAdmin admin() {
        return new RedisAdmin(address(), conf.password());
    }

    /// Starts the process and does not wait for it to answer. Nothing happens if it is alive.
    public synchronized void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        List<String> command = conf.write(binary);
        Path log = conf.directory().resolve("redis.log");
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new RedisException(binary + " cannot be started: " + e.getMessage(), e);
        }
    }

    /// Waits until the server has loaded its data and answers.
    public void awaitAnswer() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!admin().answers()) {
            if (hasEnded() || System.nanoTime() - deadline > 0) {
                throw new RedisException("Redis at " + address() + " did not start: " + lastWords());
            }
            try {
                Thread.sleep(Duration.ofMillis(20));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RedisException("Interrupted while Redis was starting.", e);
            }
        }
    }

    private synchronized boolean hasEnded() {
        return process == null || !process.isAlive();
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(conf.directory().resolve("redis.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException e) {
            return "it left no log (" + e.getMessage() + ")";
        }
    }

    /// Ends the process at once, as a crash would (SIGKILL).
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            await(process);
        }
    }

    /// Asks the process to end (SIGTERM); it writes out what it has. Does not wait.
    synchronized void terminate() {
        if (process != null) {
            process.destroy();
        }
    }

    @Override
    public void close() {
        terminate();
        synchronized (this) {
            if (process != null && !await(process)) {
                kill();
            }
        }
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException _) {
            // The JVM is ending already.
        }
    }

    private static boolean await(Process process) {
        try {
            return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
