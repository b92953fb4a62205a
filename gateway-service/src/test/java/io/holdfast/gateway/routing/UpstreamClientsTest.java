package io.holdfast.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.http.client.HttpClient;

class UpstreamClientsTest {
    private final UpstreamClients clients = new UpstreamClients(HttpClient.create());

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8081/a/path?query, 127.0.0.1, 8081, false",
        "http://app.test/, app.test, 80, false",
        "https://app.test, app.test, 443, true",
        "http://[::1]:8081/, 0:0:0:0:0:0:0:1, 8081, false"
    })
    void addressAnInstance(URI instance, String host, int port, boolean secure) {
        HttpClient client = clients.of(instance);

        SocketAddress address = client.configuration().remoteAddress().get();
        assertThat(address).isInstanceOfSatisfying(InetSocketAddress.class, at -> {
            assertThat(at.getHostString()).isEqualTo(host);
            assertThat(at.getPort()).isEqualTo(port);
        });
        assertThat(client.configuration().isSecure()).isEqualTo(secure);
    }

    @Test
    void areOneForAllRequestsToAnInstance() {
        HttpClient first = clients.of(URI.create("http://127.0.0.1:1/a"));

        assertThat(clients.of(URI.create("http://127.0.0.1:1/b?c"))).isSameAs(first);
        assertThat(clients.of(URI.create("http://127.0.0.1:2/a"))).isNotSameAs(first);
    }

    @Test
    void areThrownAwayWhenInstancesComeAndGo() {
        HttpClient first = clients.of(URI.create("http://127.0.0.1:1/"));
        for (int port = 2; port <= UpstreamClients.MOST + 1; port++) {
            clients.of(URI.create("http://127.0.0.1:" + port + "/"));
        }

        assertThat(clients.of(URI.create("http://127.0.0.1:1/"))).isNotSameAs(first);
    }
}
