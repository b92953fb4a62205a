package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.gateway.listener.ListenerKeeper;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway whose port another process keeps.
class ListenerTest {
    @Test
    void acceptsFromTheSocketThatIsKept(@TempDir Path folder) throws IOException {
        assumeTrue(Epoll.isAvailable(), "There is no epoll here, so listening sockets cannot be handed over");
        Path socket = folder.resolve("listener");
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ListenerKeeper keeper = ListenerKeeper.start(anyPort, socket);
                TestOrigin origin = new TestOrigin();
                TestGateway gateway = new TestGateway(origin, "holdfast.gateway.listener.socket=" + socket);
                RawClient client = new RawClient(keeper.address().getPort())) {
            assertThat(gateway.port()).isEqualTo(keeper.address().getPort());
            assertThat(client.request("GET /api/v1/x").answer().status()).isEqualTo(200);
            // What limits connections holds for these too.
            assertThat(client.send("nonsense\r\n\r\n").answer().status()).isEqualTo(400);
        }
    }
}
