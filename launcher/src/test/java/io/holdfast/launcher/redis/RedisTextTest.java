package io.holdfast.launcher.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisTextTest {
    @Test
    void sharesCoverEverySlotOnce() {
        assertThat(SlotRange.shares(3))
                .containsExactly(new SlotRange(0, 5460), new SlotRange(5461, 10922), new SlotRange(10923, 16383));
        assertThat(SlotRange.shares(7).stream().mapToInt(SlotRange::size).sum()).isEqualTo(SlotRange.SLOTS);
        assertThat(SlotRange.shares(1)).containsExactly(new SlotRange(0, 16383));
    }

    @Test
    void readsTheMembersOfACluster() {
        List<ClusterNode> members = ClusterNode.parse("""
                07c3 127.0.0.1:8381@18381,host myself,master - 0 0 1 connected 0-5460 7 [5461->-99aa]
                67ed 127.0.0.1:8384@18384 slave 07c3 0 1426238316232 4 connected
                99aa :8382@18382 handshake - 0 0 0 disconnected
                """);
        assertThat(members.getFirst().address()).isEqualTo(NodeAddress.local(8381));
        assertThat(members.getFirst().slots()).containsExactly(new SlotRange(0, 5460), new SlotRange(7, 7));
        assertThat(members.getFirst().isMyself()).isTrue();
        assertThat(members.get(1).isReplicaOf(members.getFirst())).isTrue();
        assertThat(members.get(1).isPrimary()).isFalse();
        assertThat(members.get(2).isStranger()).isTrue();
    }

    @Test
    void readsAddresses() {
        List<NodeAddress> addresses = NodeAddress.parseList("one:7001, [::1]:7002");
        assertThat(addresses).containsExactly(new NodeAddress("one", 7001), new NodeAddress("[::1]", 7002));
        assertThat(NodeAddress.join(addresses)).isEqualTo("one:7001,[::1]:7002");
        assertThatThrownBy(() -> NodeAddress.parse("nowhere")).hasMessageContaining("'nowhere'");
        assertThatThrownBy(() -> NodeAddress.parse("host:70000")).hasMessageContaining("host:70000");
    }

    @Test
    void quotesAFolderWithSpacesAndKeepsToOneNodeWithoutACluster() {
        String conf = new RedisConf(Path.of("/a \"b\""), 7000, false, "secret").text();
        assertThat(conf)
                .contains("dir \"/a \\\"b\\\"\"", "requirepass secret", "port 7000")
                .doesNotContain("cluster");
    }

    @Test
    void refusesAPasswordThatWouldNeedQuoting() {
        assertThatThrownBy(() -> new RedisConf(Path.of("."), 7000, false, "two words"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
