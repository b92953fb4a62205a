package io.holdfast.deployment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A network that is cut in two: containers on one side neither reach those on the other nor hear from them, until
/// this is closed. Packets are dropped in the containers' own network namespaces, which takes root and the host the
/// containers run on.
final class Partition implements AutoCloseable {
    private final Commands commands;
    private final List<String[]> rules;

    private Partition(Commands commands, List<String[]> rules) {
        this.commands = commands;
        this.rules = rules;
    }

    /// @throws org.opentest4j.TestAbortedException where packets cannot be dropped from here, so that the test shows
    ///     as skipped and says why
    static Partition between(Commands commands, List<String> some, List<String> others) {
        List<String> addresses = others.stream()
                .flatMap(container -> addresses(commands, container).stream())
                .toList();
        List<String[]> rules = new ArrayList<>();
        for (String container : some) {
            String process = inspect(commands, "{{.State.Pid}}", container);
            assumeTrue(
                    commands.attempt(iptables(process, "-L", "INPUT", "-n")).status() == 0,
                    "Packets of containers cannot be dropped here ('nsenter -n' and iptables as root), so no partition was tested");
            for (String address : addresses) {
                rules.add(iptables(process, "-A", "INPUT", "-s", address, "-j", "DROP"));
                rules.add(iptables(process, "-A", "OUTPUT", "-d", address, "-j", "DROP"));
            }
        }
        Partition partition = new Partition(commands, rules);
        rules.forEach(commands::run);
        return partition;
    }

    private static String[] iptables(String process, String... arguments) {
        return Stream.concat(Stream.of("nsenter", "-t", process, "-n", "iptables", "-w"), Stream.of(arguments))
                .toArray(String[]::new);
    }

    private static List<String> addresses(Commands commands, String container) {
        return List.of(inspect(commands, "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}", container)
                .split("\\s+"));
    }

    private static String inspect(Commands commands, String format, String container) {
        return commands.run("docker", "inspect", "-f", format, container).strip();
    }

    /// Mends the network.
    @Override
    public void close() {
        for (String[] rule : rules) {
            String[] deletion = rule.clone();
            deletion[6] = "-D";
            commands.run(deletion);
        }
    }
}
