package io.holdfast.deployment;

import java.util.Optional;
import java.util.stream.Stream;

/// Runs `kubectl` on the cluster that tests may use, in a namespace of theirs. That cluster has to be named on
/// purpose, so that nobody's is deployed to by accident: the environment variable `HOLDFAST_TEST_KUBECONFIG`
/// holds the path of its configuration.
record Kubectl(Commands commands, String configuration, String namespace) {
    private static final String VARIABLE = "HOLDFAST_TEST_KUBECONFIG";

    /// Empty where no cluster is named, or it does not answer.
    static Optional<Kubectl> find(Commands commands, String namespace) {
        return Optional.ofNullable(System.getenv(VARIABLE))
                .filter(path -> !path.isEmpty())
                .map(path -> new Kubectl(commands, path, namespace))
                .filter(kubectl -> kubectl.attempt("get", "nodes").status() == 0);
    }

    /// Gives what it printed.
    ///
    /// @throws AssertionError where it failed
    String run(String... arguments) {
        return commands.run(line(arguments));
    }

    Commands.Result attempt(String... arguments) {
        return commands.attempt(line(arguments));
    }

    private String[] line(String... arguments) {
        return Stream.concat(
                        Stream.of("kubectl", "--kubeconfig", configuration, "--namespace", namespace),
                        Stream.of(arguments))
                .toArray(String[]::new);
    }
}
