package io.holdfast.launcher.redis;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Questions to one server, each over a connection of its own: they are asked rarely, and often of
/// servers that come and go.
public final class RedisAdmin {
    private final NodeAddress address;
    private final String password;

    public RedisAdmin(NodeAddress address, String password) {
        this.address = address;
        this.password = password;
    }

    public NodeAddress address() {
        return address;
    }

    /// True once the server answers, which is after it has loaded its data.
    public boolean answers() {
        try {
            return ask("PING").equals("PONG");
        } catch (IOException | RedisException e) {
            return false;
        }
    }

    public List<ClusterNode> clusterNodes() throws IOException {
        return ClusterNode.parse(ask("CLUSTER", "NODES"));
    }

    public ClusterNode self() throws IOException {
        return clusterNodes().stream()
                .filter(ClusterNode::isMyself)
                .findFirst()
                .orElseThrow(() -> new IOException(address + " is not in its own list of nodes"));
    }

    /// One field of a reply that consists of `name:value` lines.
    public Optional<String> field(String name, String... command) throws IOException {
        return field(name, ask(command));
    }

    static Optional<String> field(String name, String reply) {
        return reply.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /// True if the node serves the slots that it knows to be served, perhaps not all.
    public boolean takesRequests() throws IOException {
        return ask("CLUSTER", "INFO").contains("cluster_state:ok");
    }

    /// True if the node takes requests and believes in the health of every slot's owner.
    public boolean clusterOk() throws IOException {
        String info = ask("CLUSTER", "INFO");
        return info.contains("cluster_state:ok") && info.contains("cluster_slots_ok:" + SlotRange.SLOTS);
    }

    /// True for a primary, and for a replica that has its primary's data and follows it.
    public boolean inSync() throws IOException {
        return field("role", "INFO", "replication").equals(Optional.of("master"))
                || field("master_link_status", "INFO", "replication").equals(Optional.of("up"));
    }

    public long keys() throws IOException {
        return Long.parseLong(ask("DBSIZE"));
    }

    public String ask(String... command) throws IOException {
        try (RedisConnection connection = RedisConnection.open(address, password)) {
            return connection.ask(command);
        }
    }
}
