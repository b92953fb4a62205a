package io.holdfast.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTest {
    @Test
    void asksWithoutABody() {
        Target target = new Target(URI.create("http://localhost/a?b=c"), Map.of("x", "y"));
        assertThat(text(target, 0)).isEqualTo("GET /a?b=c HTTP/1.1\r\nhost: localhost:80\r\nx: y\r\n\r\n");
    }

    @Test
    void sendsABodyToAPathOfItsOwnOnEachConnection() {
        URI uri = URI.create("http://localhost:1/documents/" + Target.NUMBER);
        Target target = new Target("PUT", uri, Map.of(), "\u00e4");
        assertThat(text(target, 7))
                .isEqualTo("PUT /documents/7 HTTP/1.1\r\nhost: localhost:1\r\ncontent-length: 2\r\n\r\n\u00e4");
    }

    private static String text(Target target, int connection) {
        return new String(target.requestBytes(connection), StandardCharsets.UTF_8);
    }
}
