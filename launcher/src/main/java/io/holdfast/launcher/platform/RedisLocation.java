package io.holdfast.launcher.platform;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.process.Role;
import io.holdfast.launcher.redis.ClusterNode;
import io.holdfast.launcher.redis.NodeAddress;
import io.holdfast.launcher.redis.RedisAdmin;
import io.holdfast.launcher.redis.RedisException;
import io.holdfast.launcher.redis.SlotRange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Where the storage services find Redis.
///
/// @param cluster false for a single server
public record RedisLocation(boolean cluster, List<NodeAddress> nodes) {
    /// Where Redis is, or will be once it is started.
    public static RedisLocation of(PlatformSize size, String password) {
        return switch (size.redis()) {
            case RedisChoice.Cluster _ -> new RedisLocation(true, own(size));
            case RedisChoice.Single _ -> new RedisLocation(false, own(size));
            case RedisChoice.Existing(List<NodeAddress> addresses) -> existing(addresses, password);
        };
    }

    private static List<NodeAddress> own(PlatformSize size) {
        return IntStream.rangeClosed(1, size.redis().ownNodes())
                .map(i -> size.ports().port(Role.REDIS, i))
                .mapToObj(NodeAddress::local)
                .toList();
    }

    /// Asks the first address that answers, so that a wrong one or a wrong password is found before
    /// anything is started.
    private static RedisLocation existing(List<NodeAddress> addresses, String password) {
        String reason = "";
        for (NodeAddress address : addresses) {
            try {
                RedisAdmin admin = new RedisAdmin(address, password);
                boolean cluster =
                        admin.field("cluster_enabled", "INFO", "cluster").equals(Optional.of("1"));
                return cluster ? new RedisLocation(true, members(admin)) : new RedisLocation(false, List.of(address));
            } catch (IOException e) {
                reason = address + ": " + e.getMessage();
            } catch (RedisException e) {
                reason = e.getMessage() == null ? "" : e.getMessage();
            }
        }
        throw new LauncherException("The Redis of --redis does not answer (" + reason + "). Check its address, and its"
                + " password in HOLDFAST_REDIS_PASSWORD or --redis-password-file.");
    }

    /// Everybody in the cluster of a node, so that services start also when that node is away.
    private static List<NodeAddress> members(RedisAdmin node) throws IOException {
        if (!node.clusterOk()) {
            throw new LauncherException("The Redis Cluster of " + node.address() + " does not serve all of its "
                    + SlotRange.SLOTS + " slots. 'redis-cli --cluster check " + node.address()
                    + "' says what is missing; when that is mended, try again.");
        }
        return node.clusterNodes().stream()
                .filter(Predicate.not(ClusterNode::isStranger))
                .map(member -> member.isMyself() ? node.address() : member.address())
                .toList();
    }

    List<String> arguments() {
        if (cluster) {
            return List.of("--spring.data.redis.cluster.nodes=" + NodeAddress.join(nodes));
        }
        NodeAddress node = nodes.getFirst();
        return List.of("--spring.data.redis.host=" + node.host(), "--spring.data.redis.port=" + node.port());
    }
}
