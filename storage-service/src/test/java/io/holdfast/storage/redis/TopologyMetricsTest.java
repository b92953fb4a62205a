package io.holdfast.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyMetricsTest {
    private static final String A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String B = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private static final String C = "cccccccccccccccccccccccccccccccccccccccc";
    private static final String D = "dddddddddddddddddddddddddddddddddddddddd";

    private static final List<RedisClusterNode> WHOLE = nodes(
            node(A, "master", "-", "connected 0-8191"),
            node(B, "master", "-", "connected 8192-16383"),
            node(C, "slave", A, "connected"),
            node(D, "slave", B, "connected"));

    @Test
    void countsPrimariesByWhetherTheyHaveAReplica() {
        assertThat(TopologyMetrics.primaries(WHOLE, true)).isEqualTo(2);
        assertThat(TopologyMetrics.primaries(WHOLE, false)).isZero();
    }

    @Test
    void aReplicaThatIsAwayIsNone() {
        List<RedisClusterNode> lost = nodes(
                node(A, "master", "-", "connected 0-8191"),
                node(B, "master", "-", "connected 8192-16383"),
                node(C, "slave,fail", A, "connected"),
                node(D, "slave", B, "disconnected"));
        assertThat(TopologyMetrics.primaries(lost, true)).isZero();
        assertThat(TopologyMetrics.primaries(lost, false)).isEqualTo(2);
    }

    @Test
    void aReplicaThatHoldsSlotsHasTakenOver() {
        List<RedisClusterNode> after = nodes(
                node(A, "master,fail", "-", "disconnected"),
                node(B, "master", "-", "connected 8192-16383"),
                node(C, "master", "-", "connected 0-8191"),
                node(D, "slave", B, "connected"));
        assertThat(TopologyMetrics.failovers(WHOLE, after)).isEqualTo(1);
        assertThat(TopologyMetrics.primaries(after, false)).isEqualTo(1);
        assertThat(TopologyMetrics.failovers(after, after)).isZero();
        assertThat(TopologyMetrics.failovers(List.of(), WHOLE)).isZero();
    }

    @Test
    void aNewPrimaryHasTakenOverFromNobody() {
        List<RedisClusterNode> more = nodes(
                node(A, "master", "-", "connected 0-100"),
                node(B, "master", "-", "connected 8192-16383"),
                node("eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee", "master", "-", "connected 101-8191"),
                node(C, "slave", A, "connected"),
                node(D, "slave", B, "connected"));
        assertThat(TopologyMetrics.failovers(WHOLE, more)).isZero();
    }

    private static String node(String id, String flags, String primary, String rest) {
        return "%s 127.0.0.1:7000@17000 %s %s 0 1 1 %s".formatted(id, flags, primary, rest);
    }

    private static List<RedisClusterNode> nodes(String... lines) {
        return ClusterPartitionParser.parse(String.join("\n", lines)).getPartitions();
    }
}
