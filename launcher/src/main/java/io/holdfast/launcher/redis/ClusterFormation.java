package io.holdfast.launcher.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Makes running, cluster-enabled servers one cluster. Every step looks first whether it is still
/// needed, so that a formation which was cut off anywhere is completed by the next one, and a cluster
/// that has failed over since is left as it is.
///
/// The first servers become primaries with even, contiguous shares of the slots; the others become
/// their replicas in turn.
public final class ClusterFormation {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final List<RedisAdmin> nodes;
    private final int primaries;
    private final Duration patience;

    /// @param patience how long any one step may take
    public ClusterFormation(List<NodeAddress> addresses, int primaries, String password, Duration patience) {
        this.nodes = addresses.stream()
                .map(address -> new RedisAdmin(address, password))
                .toList();
        this.primaries = primaries;
        this.patience = patience;
    }

    /// Returns when all nodes agree that the cluster is complete and every replica is in sync.
    public void form() {
        formIfNeeded();
        awaitHealthy();
    }

    /// True if there was something to do; then the nodes have yet to hear of it from each other.
    public boolean formIfNeeded() {
        awaitAll("answer", RedisAdmin::answers);
        try {
            if (isFormed()) {
                return false;
            }
            introduce();
            assignSlots();
            appointReplicas();
            return true;
        } catch (IOException e) {
            throw new RedisException("The Redis cluster could not be formed: " + e.getMessage(), e);
        }
    }

    /// Waits until every node says that the cluster is complete and every replica follows its primary.
    public void awaitHealthy() {
        awaitAll("find the cluster complete", node -> node.clusterOk() && seesAllInPlace(node));
        awaitAll("be in sync", RedisAdmin::inSync);
    }

    private boolean isFormed() throws IOException {
        for (RedisAdmin node : nodes) {
            if (!seesAllInPlace(node)) {
                return false;
            }
        }
        return true;
    }

    /// True if the node knows everybody, an owner for every slot, and no primary without slots, which
    /// is what a replica looks like to those who have not heard of its appointment.
    private boolean seesAllInPlace(RedisAdmin node) throws IOException {
        List<ClusterNode> view = node.clusterNodes();
        return view.size() >= nodes.size()
                && view.stream().mapToInt(ClusterNode::slotCount).sum() == SlotRange.SLOTS
                && view.stream()
                        .noneMatch(
                                member -> member.isPrimary() && member.slots().isEmpty());
    }

    /// Epochs differ from the start, so that no two primaries have to settle a collision later.
    private void introduce() throws IOException {
        for (int i = 0; i < nodes.size(); i++) {
            RedisAdmin node = nodes.get(i);
            if (node.clusterNodes().size() == 1 && node.self().slots().isEmpty()) {
                trySetEpoch(node, i + 1);
            }
        }
        for (RedisAdmin other : nodes.subList(1, nodes.size())) {
            nodes.getFirst()
                    .ask(
                            "CLUSTER",
                            "MEET",
                            other.address().host(),
                            Integer.toString(other.address().port()));
        }
        awaitAll("meet the others", this::knowsAll);
    }

    /// A node that was given its epoch by an earlier, unfinished formation refuses another one.
    private static void trySetEpoch(RedisAdmin node, int epoch) throws IOException {
        try {
            node.ask("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(epoch));
        } catch (RedisException _) {
            // It has one, which is all that matters.
        }
    }

    private void assignSlots() throws IOException {
        BitSet taken = new BitSet(SlotRange.SLOTS);
        for (RedisAdmin node : nodes) {
            node.self().slots().forEach(range -> taken.set(range.first(), range.last() + 1));
        }
        List<SlotRange> shares = SlotRange.shares(primaries);
        for (int i = 0; i < primaries; i++) {
            List<String> free = shares.get(i)
                    .slots()
                    .filter(slot -> !taken.get(slot))
                    .mapToObj(Integer::toString)
                    .toList();
            if (!free.isEmpty()) {
                nodes.get(i)
                        .ask(Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), free.stream())
                                .toArray(String[]::new));
            }
        }
    }

    private void appointReplicas() throws IOException {
        for (int i = primaries; i < nodes.size(); i++) {
            RedisAdmin replica = nodes.get(i);
            ClusterNode primary = nodes.get(i % primaries).self();
            ClusterNode self = replica.self();
            if (self.isPrimary() && self.slots().isEmpty() && !self.isReplicaOf(primary)) {
                replica.ask("CLUSTER", "REPLICATE", primary.id());
            }
        }
    }

    private boolean knowsAll(RedisAdmin node) throws IOException {
        return node.clusterNodes().stream()
                        .filter(Predicate.not(ClusterNode::isStranger))
                        .count()
                >= nodes.size();
    }

    private void awaitAll(String what, Condition condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (RedisAdmin node : nodes) {
            while (!holds(condition, node)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new RedisException("Redis at " + node.address() + " did not " + what + " within "
                            + patience.toSeconds() + " s; its log says why.");
                }
                pause();
            }
        }
    }

    private static boolean holds(Condition condition, RedisAdmin node) {
        try {
            return condition.holds(node);
        } catch (IOException | RedisException e) {
            return false; // not yet
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisException("Interrupted while the Redis cluster was being formed.", e);
        }
    }

    private interface Condition {
        boolean holds(RedisAdmin node) throws IOException;
    }
}
