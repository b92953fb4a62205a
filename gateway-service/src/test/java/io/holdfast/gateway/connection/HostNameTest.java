package io.holdfast.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "a.b-c_d.test:80", "127.0.0.1:65535", "[::1]", "[fe80::1]:8080", "[::ffff:1.2.3.4]"
            })
    void takesHosts(String host) {
        assertThat(HostName.valid(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "a:",
                "a:x",
                "a:65536",
                "a:080000",
                "a b",
                "a/b",
                "u@a",
                "[]",
                "[::1",
                "[x]",
                "[::1]x",
                "a,b"
            })
    void refusesWhatIsNone(String host) {
        assertThat(HostName.valid(host)).isFalse();
    }
}
