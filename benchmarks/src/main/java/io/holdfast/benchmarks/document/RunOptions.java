package io.holdfast.benchmarks.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How long and how often a platform is measured, and where it is kept meanwhile.
final class RunOptions {
    @Option(names = "--clients", description = "Connections, each of which waits for its answer.", defaultValue = "64")
    int clients;

    @Option(names = "--duration", description = "Of each measurement.", defaultValue = "10s")
    Duration duration = Duration.ZERO;

    @Option(names = "--rounds", description = "How often each is measured, in turn.", defaultValue = "2")
    int rounds;

    @Option(names = "--warm-up", description = "Of each, before.", defaultValue = "40s")
    Duration warmUp = Duration.ZERO;

    @Option(names = "--port", description = "The platform's; others use those from 50 above.", defaultValue = "23100")
    int port;

    @Option(names = "--folder", description = "For data, configuration and logs. Default: a temporary one.")
    private @Nullable Path folder;

    @Option(names = "--root", description = "The checkout.", defaultValue = ".")
    Path root = Path.of(".");

    @Option(
            names = "--holdfast-jvm-options",
            description = "Override those of the launcher, such as -XX:TieredStopAtLevel=4.",
            defaultValue = "")
    private String jvmOptions = "";

    @Option(names = "--apps", description = "App services; 0 for as many as the launcher starts.", defaultValue = "0")
    private int apps;

    @Option(
            names = "--storages",
            description = "Storage services; 0 for as many as the launcher starts.",
            defaultValue = "0")
    private int storages;

    /// The folder, which is made if need be.
    Path work() throws IOException {
        Path work = folder == null ? Files.createTempDirectory("holdfast-benchmark") : Files.createDirectories(folder);
        return work.toAbsolutePath();
    }

    HoldfastStack holdfast(Path work) {
        List<String> size = new ArrayList<>();
        if (apps > 0) {
            size.add("--apps=" + apps);
        }
        if (storages > 0) {
            size.add("--storages=" + storages);
        }
        return new HoldfastStack(root, work, port, size, jvmOptions);
    }
}
