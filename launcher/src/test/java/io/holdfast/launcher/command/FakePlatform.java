package io.holdfast.launcher.command;

import io.holdfast.launcher.directory.DataDirectory;
import io.holdfast.launcher.platform.PortPlan;
import io.holdfast.launcher.platform.RedisChoice;
import io.holdfast.launcher.redis.NodeAddress;
import io.holdfast.launcher.redis.RedisAdmin;
import io.holdfast.launcher.supervisor.ControlClient;
import io.holdfast.launcher.supervisor.PlatformStatus;
import io.holdfast.launcher.supervisor.StateFile;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// A platform with fake services and real Redis, on free ports and with a data folder of its own, run by
/// a launcher that is a process of its own.
final class FakePlatform implements AutoCloseable {
    private final FakeHome home = FakeHome.shared();
    private final Path folder;
    private final int port = PortPlan.free(2, 2, new RedisChoice.Cluster()).port();

    FakePlatform() throws IOException {
        folder = Files.createTempDirectory(home.folder(), "run ");
    }

    record Result(int exitCode, String output) {}

    Path home() {
        return home.folder();
    }

    /// For whatever a test needs; deleted with the home.
    Path folder() {
        return folder;
    }

    Path data() {
        return folder.resolve("data");
    }

    /// The port of the gateway; the others follow from it.
    int port() {
        return port;
    }

    /// Starts it in the background, as the script does: listens until it is ready, or ends.
    Result up(String... more) throws IOException, InterruptedException {
        String[] arguments = Stream.concat(
                        Stream.of("up", "--detach", "--port", Integer.toString(port)), Stream.of(more))
                .toArray(String[]::new);
        Process launcher = command(arguments).start();
        StringBuilder said = new StringBuilder();
        try (BufferedReader reader = launcher.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.equals(Background.READY)) {
                    return new Result(0, said.toString());
                }
                said.append(line).append('\n');
            }
        }
        return new Result(launcher.waitFor(), said.toString());
    }

    /// Runs a command to its end.
    Result run(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        int exitCode = start(output, arguments).waitFor();
        return new Result(exitCode, Files.readString(output));
    }

    /// Starts a command with its output in a file.
    Process start(Path output, String... arguments) throws IOException {
        return command(arguments).redirectOutput(output.toFile()).start();
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dholdfast.home=" + home.folder(),
                "-cp",
                System.getProperty("java.class.path"),
                Holdfast.class.getName()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data().toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    }

    /// What the command `status` shows, without a process for each time it is asked.
    PlatformStatus status() {
        String status = ControlClient.connect(new DataDirectory(data())).get("/status");
        return JsonMapper.shared().readValue(status, PlatformStatus.class);
    }

    PlatformStatus.ServiceStatus service(String name) {
        return status().processes().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    String state(String name) {
        return service(name).state();
    }

    /// Asks the first Redis of its own.
    String redis(String... command) throws IOException {
        String password = Files.readString(data().resolve("redis-password")).strip();
        return new RedisAdmin(NodeAddress.local(port + 301), password).ask(command);
    }

    /// What a service answers.
    ///
    /// @param offset from the gateway's port
    String get(int offset, String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + (port + offset) + path);
        try (var in = uri.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Stream<ProcessHandle> processes() {
        return home.processes();
    }

    /// Ends whatever is left of it: its supervisor first, which would start the others again. A Redis is
    /// known by its id only, as it changes its own command line.
    @Override
    public void close() {
        StateFile.in(new DataDirectory(data())).read().ifPresent(state -> {
            state.supervisor().find().ifPresent(ProcessHandle::destroyForcibly);
            state.processes().forEach(child -> child.identity().find().ifPresent(ProcessHandle::destroyForcibly));
        });
        processes().forEach(ProcessHandle::destroyForcibly);
    }
}
