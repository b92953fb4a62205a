package io.holdfast.balancing.spring.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameServerTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.2, 10.0.0.2, 53",
        "10.0.0.2:5353, 10.0.0.2, 5353",
        "fd00::2, fd00:0:0:0:0:0:0:2, 53",
        "[fd00::2], fd00:0:0:0:0:0:0:2, 53",
        "[fd00::2]:5353, fd00:0:0:0:0:0:0:2, 5353"
    })
    void readsAnAddressWithOrWithoutAPort(String text, String host, int port) {
        NameServer server = NameServer.valueOf(text);
        assertThat(server.address().getAddress().getHostAddress()).isEqualTo(host);
        assertThat(server.address().getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dns.test", "10.0.0.2:0", "10.0.0.2:65536", "10.0.0.2:dns", "10.0.0", ":53", "[::1"})
    void refusesWhatIsNoAddress(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NameServer.valueOf(text))
                .withMessageContaining("'%s' is no name server", text);
    }
}
