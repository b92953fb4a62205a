package io.holdfast.contract.trace;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line for each request that was answered, under the request's ids. Off unless the logger
/// `holdfast.access` is at level `info`. What is after `?` is left out: it may be private.
public final class AccessLog {
    private static final Logger log = LoggerFactory.getLogger("holdfast.access");

    private AccessLog() {}

    /// Whether lines are wanted.
    public static boolean on() {
        return log.isInfoEnabled();
    }

    /// @param status 0 where the caller left before there was one
    public static void answered(String method, String target, int status, long nanos) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        // The fields' names are those of the Elastic Common Schema.
        log.atInfo()
                .addKeyValue("http.request.method", method)
                .addKeyValue("url.path", path)
                .addKeyValue("http.response.status_code", status)
                .addKeyValue("event.duration", nanos)
                .log(
                        "{} {} {} {} ms",
                        method,
                        path,
                        status,
                        Duration.ofNanos(nanos).toMillis());
    }
}
