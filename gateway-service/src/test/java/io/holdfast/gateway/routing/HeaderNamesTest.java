package io.holdfast.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.util.AsciiString;
import org.junit.jupiter.api.Test;

class HeaderNamesTest {
    private final HeaderNames names = HeaderNames.of("Keep-Alive", "TE");

    @Test
    void haveNoCase() {
        assertThat(names.contains("keep-alive")).isTrue();
        assertThat(names.contains(new AsciiString("KEEP-ALIVE"))).isTrue();
        assertThat(names.contains("te")).isTrue();
        assertThat(names.contains("Keep")).isFalse();
        assertThat(names.contains("")).isFalse();
    }

    @Test
    void grow() {
        HeaderNames more = names.and("Host");

        assertThat(more.contains("host")).isTrue();
        assertThat(more.contains("te")).isTrue();
        assertThat(names.contains("host")).isFalse();
    }

    @Test
    void areRemovedHoweverTheyAreWritten() {
        DefaultHttpHeaders headers = new DefaultHttpHeaders();
        headers.add("keep-alive", "timeout=5").add("KEEP-ALIVE", "max=1").add("ETag", "\"1\"");
        names.removeFrom(headers);

        assertThat(headers.names()).containsExactly("ETag");
    }
}
