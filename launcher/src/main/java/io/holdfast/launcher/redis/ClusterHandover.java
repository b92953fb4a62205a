package io.holdfast.launcher.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What has to happen between the death of a node and its next start. A primary that starts again
/// before the others have given it up stays primary, with what its append-only file has. That can be
/// less than its replica has, which had acknowledged it, and which would then copy the loss. So a
/// replica takes over first, and the node comes back as a replica itself.
///
/// Whoever asks for this knows that the process is dead, so the others need not find out by its silence:
/// the replica that has most is told to stand for election at once (`CLUSTER FAILOVER FORCE`), which
/// still takes the votes of most primaries.
public final class ClusterHandover {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final NodeAddress dead;
    private final List<RedisAdmin> others;
    private final Duration patience;

    /// @param nodes all nodes of the cluster
    /// @param patience after which the dead node is started all the same: its data are then the best there are
    public ClusterHandover(List<NodeAddress> nodes, NodeAddress dead, String password, Duration patience) {
        this.dead = dead;
        this.others = nodes.stream()
                .filter(node -> !node.equals(dead))
                .map(node -> new RedisAdmin(node, password))
                .toList();
        this.patience = patience;
    }

    /// Returns when the dead node may start again: it had no slots, a replica has taken them over, no
    /// replica can, or the patience or the wish to start it is over.
    public void complete(BooleanSupplier wanted) throws InterruptedException {
        long now = System.nanoTime();
        long end = now + patience.toNanos();
        long askAt = now;
        while (wanted.getAsBoolean() && now - end < 0) {
            View view = view();
            if (view == null || !view.holdsSlots()) {
                return;
            }
            if (now - askAt >= 0) {
                Optional<RedisAdmin> successor = successor(view);
                if (successor.isEmpty()) {
                    return;
                }
                stand(successor.get());
                askAt = System.nanoTime() + ASK_AGAIN.toNanos();
            }
            Thread.sleep(PAUSE);
            now = System.nanoTime();
        }
    }

    /// What somebody believes of the dead node.
    private record View(ClusterNode dead, List<ClusterNode> members) {
        boolean holdsSlots() {
            return dead.isPrimary() && !dead.slots().isEmpty();
        }
    }

    /// Of those who answer, the one who knows the latest: who no longer believes that it holds slots.
    private @Nullable View view() {
        View view = null;
        for (RedisAdmin node : others) {
            try {
                List<ClusterNode> members = node.clusterNodes();
                Optional<ClusterNode> found = members.stream()
                        .filter(member -> member.address().equals(dead))
                        .findFirst();
                if (found.isPresent()) {
                    view = new View(found.get(), members);
                    if (!view.holdsSlots()) {
                        return view;
                    }
                }
            } catch (IOException | RedisException _) {
                // Another one may answer.
            }
        }
        return view;
    }

    /// The replica that has copied most, among those that were in step until a moment ago.
    private Optional<RedisAdmin> successor(View view) {
        return others.stream()
                .filter(node -> view.members().stream()
                        .anyMatch(member -> member.address().equals(node.address()) && member.isReplicaOf(view.dead())))
                .flatMap(node -> Candidate.of(node).stream())
                .max(Comparator.comparingLong(Candidate::offset))
                .map(Candidate::node);
    }

    private record Candidate(RedisAdmin node, long offset) {
        /// A replica that has been apart for longer lacks what was written since; one that never was in
        /// step has nothing to show.
        private static final long LONGEST_APART_SECONDS = 30;

        static Optional<Candidate> of(RedisAdmin node) {
            try {
                String info = node.ask("INFO", "replication");
                boolean connected = RedisAdmin.field("master_link_status", info).equals(Optional.of("up"));
                long apart = RedisAdmin.field("master_link_down_since_seconds", info)
                        .map(Long::parseLong)
                        .orElse(-1L);
                boolean inStep = connected || (apart >= 0 && apart <= LONGEST_APART_SECONDS);
                boolean copying =
                        RedisAdmin.field("master_sync_in_progress", info).equals(Optional.of("1"));
                long offset = RedisAdmin.field("slave_repl_offset", info)
                        .map(Long::parseLong)
                        .orElse(0L);
                return inStep && !copying && offset > 0 ? Optional.of(new Candidate(node, offset)) : Optional.empty();
            } catch (IOException | RedisException | NumberFormatException _) {
                return Optional.empty();
            }
        }
    }

    private static void stand(RedisAdmin successor) {
        try {
            successor.ask("CLUSTER", "FAILOVER", "FORCE");
        } catch (IOException | RedisException _) {
            // It is asked again, or has taken over already.
        }
    }
}
