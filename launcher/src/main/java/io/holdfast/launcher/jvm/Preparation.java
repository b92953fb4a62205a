package io.holdfast.launcher.jvm;

import io.holdfast.launcher.directory.FileTree;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Unpacks services' jars, once for each content, since nested jars are slow to read and an AOT cache
/// cannot cover them.
///
/// The results stay beside the jar, so all data folders share them. They appear whole or not at all,
/// also with several launchers at it. Without them a service starts slower, and works.
public final class Preparation {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int KEPT = 3;

    private final Path logs;
    private final Consumer<String> console;

    /// @param logs where the JDK's tool leaves what it prints
    public Preparation(Path logs, Consumer<String> console) {
        this.logs = logs;
        this.console = console;
    }

    /// Unpacks the jar unless that was done.
    public PreparedService unpack(Service service, Path jar) {
        Path all = jar.resolveSibling("launch");
        try {
            List<String> circumstances = new ArrayList<>(service.jvmOptions());
            circumstances.add(System.getProperty("java.vm.version"));
            circumstances.add(PreparedService.JAVA.toString());
            Path folder = all.resolve(JarContent.key(jar, circumstances));
            PreparedService prepared = new PreparedService(service, folder, folder.resolve(jar.getFileName()));
            if (!Files.isRegularFile(prepared.jar())) {
                Files.createDirectories(all);
                extract(jar, folder);
                dropOld(all);
            }
            return prepared;
        } catch (IOException e) {
            console.accept(service.module() + " starts slower than it could: its jar cannot be unpacked into " + all
                    + " (" + e.getMessage() + ")");
            return new PreparedService(service, all, jar);
        }
    }

    private void extract(Path jar, Path folder) throws IOException {
        Path temporary = Files.createTempDirectory(folder.getParent(), ".part");
        Path target = temporary.resolve("content");
        try {
            run(
                    List.of(
                            PreparedService.JAVA.toString(),
                            "-Djarmode=tools",
                            "-jar",
                            jar.toString(),
                            "extract",
                            "--destination",
                            target.toString()),
                    logs.resolve("preparation.log"));
            move(target, folder);
        } finally {
            FileTree.delete(temporary);
        }
    }

    private static void run(List<String> command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("it took longer than " + PATIENCE.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException("it ended with exit code " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /// Whoever comes second finds it there already, with the same content.
    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.exists(to)) {
                throw e;
            }
        }
    }

    /// Some are kept, because a platform that runs from an earlier build still uses them.
    private static void dropOld(Path all) throws IOException {
        List<Path> oldestLast;
        try (Stream<Path> folders = Files.list(all)) {
            oldestLast = folders.filter(
                            folder -> !folder.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparingLong(
                                    (Path folder) -> folder.toFile().lastModified())
                            .reversed())
                    .toList();
        }
        for (Path old : oldestLast.subList(Math.min(KEPT, oldestLast.size()), oldestLast.size())) {
            FileTree.delete(old);
        }
    }
}
