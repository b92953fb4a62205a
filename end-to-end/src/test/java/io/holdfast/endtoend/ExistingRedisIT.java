package io.holdfast.endtoend;

import static io.holdfast.endtoend.Api.document;
import static io.holdfast.endtoend.Api.etag;
import static io.holdfast.endtoend.Api.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// A platform on a Redis Cluster that it did not start.
class ExistingRedisIT {
    private final Platform first = Platform.shared();

    @Test
    void platformsOnOneClusterServeTheSameDocuments() {
        String path = document("common", "a");
        String created = etag(first.api().putTo(path, "{\"n\":1}"));
        Platform second = Platform.onRedisOf(first);
        try {
            HttpResponse<byte[]> read = second.api().get(path);
            assertThat(text(read)).isEqualTo("{\"n\":1}");
            assertThat(etag(read)).isEqualTo(created);
            assertThat(second.api()
                            .putTo(path, "{\"n\":2}", "If-Match", created)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(first.api().putTo(path, "{\"n\":3}", "If-Match", created).statusCode())
                    .isEqualTo(412);
            assertThat(second.status().get("redis").size()).isEqualTo(6);
        } finally {
            second.down();
        }
        assertThat(text(first.api().get(path))).isEqualTo("{\"n\":2}");
    }
}
