package io.holdfast.endtoend;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A platform of its own, run by the project's script on free ports with a data folder of its own. All
/// tests share it; it is taken down when the tests' JVM ends. `-Dplatform.options="--apps 3"` says how to start it.
final class Platform {
    static final Path ROOT =
            Path.of(System.getProperty("root", "..")).toAbsolutePath().normalize();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int COMMAND_MINUTES = 5;
    private static final int ATTEMPTS = 100;

    private static final class Holder {
        private static final Platform SHARED = start(
                Stream.of(System.getProperty("platform.options", "").split(" "))
                        .filter(Predicate.not(String::isEmpty))
                        .toList(),
                Map.of());
    }

    private final Path data;
    private final int port;

    private final List<String> options;
    private final Map<String, String> environment;

    private Platform(Path data, int port, List<String> options, Map<String, String> environment) {
        this.data = data;
        this.port = port;
        this.options = options;
        this.environment = environment;
    }

    static Platform shared() {
        return Holder.SHARED;
    }

    /// A small platform on the Redis Cluster of another one. Whoever starts it takes it down.
    static Platform onRedisOf(Platform other) {
        int redis = other.process("redis-1").get("port").asInt();
        String password = other.data.resolve("redis-password").toString();
        return start(
                List.of(
                        "--redis",
                        "127.0.0.1:" + redis,
                        "--redis-password-file",
                        password,
                        "--apps",
                        "1",
                        "--storages",
                        "1"),
                Map.of());
    }

    /// A platform whose services see further environment variables. Whoever starts it takes it down.
    static Platform withEnvironment(Map<String, String> environment, String... options) {
        return start(List.of(options), environment);
    }

    private static Platform start(List<String> options, Map<String, String> environment) {
        try {
            Path data = Files.createTempDirectory(ROOT.resolve("end-to-end/target"), "platform-");
            Platform platform = new Platform(data, freePort(), options, environment);
            Runtime.getRuntime().addShutdownHook(new Thread(platform::down));
            platform.up();
            return platform;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A port from which on all that the platform uses are free now. Chosen by chance, because it is not
    /// taken at once; and below the range from which systems take ports for outgoing connections.
    private static int freePort() {
        return ThreadLocalRandom.current()
                .ints(ATTEMPTS, 12_000, 22_000)
                .filter(port -> Stream.of(0, 1, 2, 101, 102, 301, 306, 1000, 1001, 1101, 10_301, 10_306)
                        .allMatch(offset -> isFree(port + offset)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    void up() {
        List<String> arguments = new ArrayList<>(List.of("--detach", "--port", Integer.toString(port)));
        arguments.addAll(options);
        run("up", arguments.toArray(String[]::new));
    }

    void down() {
        run("down");
    }

    int port() {
        return port;
    }

    Path data() {
        return data;
    }

    /// The log of a process.
    Path log(String name) {
        return data.resolve("logs").resolve(name + ".log");
    }

    Api api() {
        try {
            return new Api(port, Files.readString(data.resolve("api-key")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode status() {
        return JSON.readTree(run("status", "--json"));
    }

    /// One process of the platform, or one of its Redis servers.
    JsonNode process(String name) {
        JsonNode status = status();
        return Stream.concat(
                        status.get("processes").valueStream(),
                        status.get("redis").valueStream())
                .filter(process -> process.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// Ends a process, by force or as it should end, and waits until another one does its work.
    void replace(String name, boolean kill) {
        JsonNode before = process(name);
        if (kill) {
            run("kill", name);
        } else {
            run("stop", name);
            run("start", name);
        }
        awaitAnother(before);
    }

    /// Waits until another process does the work of one that ended. The service itself is asked first: a launcher
    /// a second takes from a small machine what the new process needs to start.
    void awaitAnother(JsonNode ended) {
        long pid = ended.get("pid").asLong();
        await().atMost(PATIENCE).until(() -> ProcessHandle.of(pid).isEmpty());
        if (ended.has("managementPort")) {
            Api service = new Api(ended.get("port").asInt(), "");
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> service.get("/readyz").statusCode() == 200);
        }
        await().atMost(PATIENCE).until(() -> {
            JsonNode now = process(ended.get("name").asString());
            return now.get("state").asString().equals("ready") && now.get("pid").asLong() != pid;
        });
    }

    /// Sends processes a signal, such as STOP.
    static void signal(String name, List<ProcessHandle> processes) throws IOException, InterruptedException {
        for (ProcessHandle process : processes) {
            String pid = Long.toString(process.pid());
            int status = new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill -%s %s ended with %d".formatted(name, pid, status));
            }
        }
    }

    /// Runs the script and gives what it printed.
    ///
    /// @throws IllegalStateException where it failed
    String run(String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of(ROOT.resolve("holdfast").toString(), command));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--data", data.toString()));
        try {
            Path output = Files.createTempFile(data.getParent(), command + "-", ".out");
            Path errors = Files.createTempFile(data.getParent(), command + "-", ".err");
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(ROOT.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(COMMAND_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(
                        line + " failed:\n" + Files.readString(output) + Files.readString(errors));
            }
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
