package io.holdfast.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process that was started here, and is ended here: by its handle, at the latest when this JVM ends.
public final class Child implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final long PATIENCE_SECONDS = 15;

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread hook;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        hook = new Thread(this::end);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// @param folder it is started in, and its output goes to `NAME.log` there
    public static Child start(String name, List<String> command, Path folder, Map<String, String> environment) {
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new Child(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name + ": " + String.join(" ", command), e);
        }
    }

    /// Waits until `uri` is answered 200.
    public void awaitReady(URI uri, Map<String, String> headers, Duration patience) throws InterruptedException {
        awaitStatus(uri, headers, 200, patience);
    }

    public void awaitStatus(URI uri, Map<String, String> headers, int status, Duration patience)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2));
        headers.forEach(request::header);
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!answers(client, request.build(), status)) {
                if (!process.isAlive() || System.nanoTime() - end > 0) {
                    throw new IllegalStateException(
                            "%s %s. Its output is in %s.".formatted(name, state(patience), log));
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private String state(Duration patience) {
        return process.isAlive() ? "was not ready within " + patience.toSeconds() + " s" : "ended early";
    }

    private static boolean answers(HttpClient client, HttpRequest request, int status) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == status;
        } catch (IOException e) {
            return false;
        }
    }

    public Duration cpuTime() {
        return CpuTime.ofTree(process.toHandle());
    }

    public String name() {
        return name;
    }

    /// Gracefully, then by force.
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This JVM is ending: the hook does the same again, which does no harm.
        }
    }

    private void end() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
