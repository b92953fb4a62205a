package io.holdfast.benchmarks.document;

import io.holdfast.benchmarks.load.Target;
import io.holdfast.benchmarks.process.CpuTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The platform as `./holdfast up` starts it, with its Redis Cluster.
///
/// The supervisor is not among the processes: it serves nobody.
final class HoldfastStack implements Stack {
    private static final long PATIENCE_MINUTES = 10; // it may have to be built

    private final Path root;
    private final Path data;
    private final int port;
    private final List<String> size;
    private final String jvmOptions;
    private final Map<String, Long> processes = new LinkedHashMap<>();
    private String key = "";
    private boolean started;

    /// @param root of the checkout
    /// @param size options of the launcher that say how many services there are
    /// @param jvmOptions that override what the launcher gives the services; may be empty
    HoldfastStack(Path root, Path folder, int port, List<String> size, String jvmOptions) {
        this.root = root;
        this.data = folder.resolve("holdfast");
        this.port = port;
        this.size = size;
        this.jvmOptions = jvmOptions;
    }

    @Override
    public String name() {
        return jvmOptions.isEmpty() ? "holdfast" : "holdfast " + jvmOptions;
    }

    @Override
    public Optional<String> missing() {
        return Files.isExecutable(root.resolve("holdfast"))
                ? Optional.empty()
                : Optional.of(root + " has no script holdfast; name the checkout with --root");
    }

    @Override
    public void start(String document) throws IOException, InterruptedException {
        started = true;
        List<String> up = new ArrayList<>(List.of("up", "--detach", "--port=" + port));
        up.addAll(size);
        run(up.toArray(String[]::new));
        key = Files.readString(data.resolve("api-key")).strip();
        JsonNode status = JsonMapper.builder().build().readTree(run("status", "--json"));
        for (String list : List.of("processes", "redis")) {
            for (JsonNode process : status.required(list)) {
                processes.put(
                        process.required("name").asString(),
                        process.required("pid").asLong());
            }
        }
        Store.put(target().uri(), target().headers(), document);
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(root.resolve("holdfast").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        command.add("--data=" + data.toAbsolutePath());
        Path output = Files.createTempFile("holdfast", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        if (!jvmOptions.isEmpty()) {
            builder.environment().put("HOLDFAST_JVM_OPTIONS", jvmOptions);
        }
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroy();
            throw new IOException("%s failed: %s".formatted(command, Files.readString(output)));
        }
        String text = Files.readString(output);
        Files.delete(output);
        return text;
    }

    @Override
    public Target target() {
        return new Target(
                URI.create("http://127.0.0.1:" + port + "/api/v1/collections/bench/documents/one"),
                Map.of("authorization", "Bearer " + key));
    }

    /// What replaces documents, one for each connection, each of which lies in a partition of its own or nearly so.
    ///
    /// @param level as in `Holdfast-Durability`
    Target writer(String level, String document) {
        return new Target(
                "PUT",
                URI.create("http://127.0.0.1:" + port + "/api/v1/collections/bench/documents/" + Target.NUMBER),
                Map.of(
                        "authorization",
                        "Bearer " + key,
                        "content-type",
                        "application/json",
                        "holdfast-durability",
                        level),
                document);
    }

    @Override
    public Map<String, Duration> cpuTimes() {
        Map<String, Duration> times = new LinkedHashMap<>();
        processes.forEach((name, pid) -> times.put(name, CpuTime.of(pid)));
        return times;
    }

    @Override
    public void close() {
        if (!started) {
            return;
        }
        try {
            run("down");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
