package io.holdfast.launcher.redis;

import io.holdfast.launcher.directory.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The addresses that the nodes of a cluster have written down of each other, in `nodes.conf`. A node
/// tells the others its own, but only those it finds: a cluster that starts on other ports than before
/// would never meet, or take one node for another and copy the wrong data. So they are set right before
/// the nodes start.
///
/// The lines are those of `CLUSTER NODES`: `id host:port@bus[,…] flags …`.
public final class WrittenAddresses {
    private static final String FILE = "nodes.conf";
    private static final int ID = 0;
    private static final int ADDRESS = 1;

    private WrittenAddresses() {}

    /// Sets right what the nodes of a cluster, none of which runs, have written down.
    public static void setRight(List<RedisConf> nodes) {
        try {
            Map<String, Integer> ports = new HashMap<>();
            for (RedisConf node : nodes) {
                ownId(node).ifPresent(id -> ports.put(id, node.port()));
            }
            for (RedisConf node : nodes) {
                setRight(node.directory().resolve(FILE), ports);
            }
        } catch (IOException e) {
            throw new RedisException(
                    "The addresses that Redis nodes have written down cannot be changed (" + e.getMessage() + "). Make "
                            + nodes.getFirst().directory().getParent() + " readable and writable.",
                    e);
        }
    }

    private static Optional<String> ownId(RedisConf node) throws IOException {
        Path file = node.directory().resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Files.readAllLines(file).stream()
                .map(line -> line.split(" "))
                .filter(fields ->
                        fields.length > 2 && List.of(fields[2].split(",")).contains("myself"))
                .map(fields -> fields[ID])
                .findFirst();
    }

    private static void setRight(Path file, Map<String, Integer> ports) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        List<String> before = Files.readAllLines(file);
        List<String> after = before.stream().map(line -> setRight(line, ports)).toList();
        if (after.equals(before)) {
            return;
        }
        PrivateFile.write(file, after.stream().collect(Collectors.joining("\n", "", "\n")));
    }

    private static String setRight(String line, Map<String, Integer> ports) {
        String[] fields = line.split(" ", -1);
        Integer port = ports.get(fields[ID]);
        if (port == null || fields.length <= ADDRESS) {
            return line;
        }
        int rest = fields[ADDRESS].indexOf(',');
        fields[ADDRESS] = NodeAddress.local(port) + "@" + (port + RedisConf.BUS_OFFSET)
                + (rest < 0 ? "" : fields[ADDRESS].substring(rest));
        return String.join(" ", fields);
    }
}
