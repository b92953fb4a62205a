package io.holdfast.app.failover;

import io.holdfast.app.address.Query;
import io.holdfast.app.content.MediaTypes;
import io.holdfast.storage.api.Failover;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.RecordStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Lists failovers, the latest first.
@RestController
final class FailoverController {
    private static final String LIMIT = "limit";
    private static final int MOST = 1_000;
    private static final int USUALLY = 100;

    private final RecordStore store;

    FailoverController(RecordStore store) {
        this.store = store;
    }

    @GetMapping("/api/v1/failovers")
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int limit = Query.of(request, LIMIT).number(LIMIT, 1, MOST, USUALLY);
        MediaTypes.requireAcceptsJson(request);
        String json = store.execute(new Operation.ListFailovers(limit)).failovers().stream()
                .map(FailoverController::json)
                .collect(Collectors.joining(",", "{\"failovers\":[", "]}"));
        byte[] bytes = json.getBytes(StandardCharsets.US_ASCII);
        response.setContentType(MediaTypes.JSON);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /// Incarnations are hexadecimal, or a question mark: nothing needs an escape.
    private static String json(Failover failover) {
        String closed = failover.closed() == null ? "null" : '"' + failover.closed() + '"';
        return "{\"at\":\"%s\",\"from\":%s,\"to\":\"%s\",\"partitions\":%s,\"lost\":%d}"
                .formatted(
                        Instant.ofEpochMilli(failover.atMillis()),
                        closed,
                        failover.opened(),
                        failover.partitions().toString().replace(" ", ""),
                        failover.lost());
    }
}
