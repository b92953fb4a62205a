package io.holdfast.deployment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs commands in the project's folder, as somebody would in a terminal.
///
/// @param environment what is set for all of them
record Commands(Map<String, String> environment) {
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /// What a command did.
    record Result(int status, String output, String errors) {}

    /// Runs a command that has to succeed, and returns what it printed.
    String run(String... command) {
        Result result = attempt(command);
        if (result.status() != 0) {
            throw new AssertionError("%s ended with %d:%n%s%n%s"
                    .formatted(String.join(" ", command), result.status(), result.output(), result.errors()));
        }
        return result.output();
    }

    Result attempt(String... command) {
        try {
            Path output = Files.createTempFile("output", null);
            Path errors = Files.createTempFile("errors", null);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(Project.ROOT.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            try {
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError(String.join(" ", command) + " did not end in " + PATIENCE);
                }
                return new Result(process.exitValue(), take(output), take(errors));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return new Result(127, "", e.toString()); // as a shell says that there is no such command
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String take(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        Files.delete(file);
        return text;
    }
}
