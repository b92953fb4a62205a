package io.holdfast.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs `kubectl` on the cluster that tests may use. That one has to be named on purpose, so that nobody's
/// cluster is deployed to by accident: the environment variable `HOLDFAST_TEST_KUBECONFIG` holds the path
/// of its configuration.
record Kubectl(Path configuration, String namespace) {
    static final String VARIABLE = "HOLDFAST_TEST_KUBECONFIG";
    private static final int MINUTES = 15;

    /// Empty where no cluster is named, or it does not answer.
    static Optional<Kubectl> find(String namespace) {
        String path = System.getenv(VARIABLE);
        if (path == null || path.isEmpty()) {
            return Optional.empty();
        }
        Kubectl kubectl = new Kubectl(Path.of(path), namespace);
        try {
            kubectl.run("get", "nodes");
            return Optional.of(kubectl);
        } catch (IllegalStateException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /// Gives what it printed.
    ///
    /// @throws IllegalStateException where it failed
    String run(String... arguments) {
        List<String> line =
                new ArrayList<>(List.of("kubectl", "--kubeconfig", configuration.toString(), "--namespace", namespace));
        line.addAll(List.of(arguments));
        try {
            Path errors = Files.createTempFile("kubectl", ".err");
            Process process =
                    new ProcessBuilder(line).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            String said = Files.readString(errors);
            Files.delete(errors);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(line + " failed:\n" + output + said);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
