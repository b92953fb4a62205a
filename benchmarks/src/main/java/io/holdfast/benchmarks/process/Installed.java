package io.holdfast.benchmarks.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Programs of the machine. The folders of administrators' programs are searched too, as they are not on
/// everybody's `PATH`.
public final class Installed {
    private Installed() {}

    public static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Optional<String> missing(String program) {
        return find(program).isPresent()
                ? Optional.empty()
                : Optional.of("%s is not installed; on Debian: apt-get install %s".formatted(program, program));
    }

    public static String path(String program) {
        return find(program).orElseThrow().toString();
    }
}
