package io.holdfast.launcher.platform;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.redis.NodeAddress;
import java.util.List;

/// Which Redis the platform uses.
public sealed interface RedisChoice {
    /// A cluster of our own: three primaries and a replica for each.
    record Cluster() implements RedisChoice {
        public static final int PRIMARIES = 3;
        static final int NODES = 6;
    }

    /// One server of our own.
    record Single() implements RedisChoice {}

    /// Somebody else's; some of its addresses.
    record Existing(List<NodeAddress> addresses) implements RedisChoice {}

    /// Reads the value of `--redis`.
    static RedisChoice parse(String text) {
        return switch (text) {
            case "cluster" -> new Cluster();
            case "single" -> new Single();
            default -> existing(text);
        };
    }

    private static RedisChoice existing(String text) {
        try {
            return new Existing(NodeAddress.parseList(text));
        } catch (IllegalArgumentException e) {
            throw new LauncherException(
                    "--redis takes 'cluster', 'single' or the addresses of an existing Redis Cluster as"
                            + " HOST:PORT,HOST:PORT,…, not '" + text + "'.",
                    e);
        }
    }

    /// How many servers of our own that takes.
    default int ownNodes() {
        return switch (this) {
            case Cluster _ -> Cluster.NODES;
            case Single _ -> 1;
            case Existing _ -> 0;
        };
    }
}
