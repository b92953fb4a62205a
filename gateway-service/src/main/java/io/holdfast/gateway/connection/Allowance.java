package io.holdfast.gateway.connection;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/// What one request may use up.
record Allowance(DataSize bodySize, Duration time) {
    static final Allowance NONE = new Allowance(DataSize.ofBytes(0), Duration.ZERO);

    private static final String BULK = "/documents:bulk";
    private static final String NDJSON = "application/x-ndjson";

    /// The allowances there are; three values, so that a request allocates none.
    record Table(Allowance ordinary, Allowance bulk, Allowance stream) {
        static Table of(ConnectionLimits limits) {
            return new Table(
                    new Allowance(limits.bodySize(), limits.requestTime()),
                    new Allowance(limits.bulkBodySize(), limits.streamTime()),
                    new Allowance(limits.bodySize(), limits.streamTime()));
        }

        Allowance of(HttpRequest request) {
            if (endsPath(request.uri(), BULK)) {
                return bulk;
            }
            String accept = request.headers().get(HttpHeaderNames.ACCEPT);
            return accept != null && accept.contains(NDJSON) ? stream : ordinary;
        }

        private static boolean endsPath(String target, String suffix) {
            int query = target.indexOf('?');
            int end = query < 0 ? target.length() : query;
            return end >= suffix.length() && target.startsWith(suffix, end - suffix.length());
        }
    }
}
