package io.holdfast.launcher.redis;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// One line of `CLUSTER NODES`: what the asked node believes of one member.
///
/// @param primaryId the primary that a replica copies, `-` for a primary
public record ClusterNode(String id, NodeAddress address, Set<String> flags, String primaryId, List<SlotRange> slots) {

    private static final int FIELDS_BEFORE_SLOTS = 8;

    static List<ClusterNode> parse(String reply) {
        return reply.lines()
                .filter(line -> !line.isBlank())
                .map(ClusterNode::parseLine)
                .toList();
    }

    /// `id host:port@bus[,hostname] flags primary ping pong epoch link slot slot …`. Slots on the move
    /// stand in brackets and are left out.
    private static ClusterNode parseLine(String line) {
        List<String> fields = Arrays.asList(line.split(" "));
        String address = fields.get(1).substring(0, fields.get(1).indexOf('@'));
        List<SlotRange> slots = fields.stream()
                .skip(FIELDS_BEFORE_SLOTS)
                .filter(slot -> !slot.startsWith("["))
                .map(SlotRange::parse)
                .toList();
        // A node that knows nobody yet does not know its own host either.
        NodeAddress known = NodeAddress.parse(address.startsWith(":") ? "127.0.0.1" + address : address);
        return new ClusterNode(fields.get(0), known, Set.of(fields.get(2).split(",")), fields.get(3), slots);
    }

    public boolean isMyself() {
        return flags.contains("myself");
    }

    public boolean isPrimary() {
        return flags.contains("master");
    }

    public int slotCount() {
        return slots.stream().mapToInt(SlotRange::size).sum();
    }

    boolean isReplicaOf(ClusterNode primary) {
        return primaryId.equals(primary.id);
    }

    /// True while the asked node has not spoken with this one yet.
    public boolean isStranger() {
        return flags.contains("handshake") || flags.contains("noaddr");
    }
}
