package io.holdfast.contract.request;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names one request in the logs of all services and in the answer.
public final class RequestId {
    /// The header, on requests and answers.
    public static final String HEADER = "X-Request-Id";

    /// The key of the logging context (MDC).
    public static final String LOG_KEY = "requestId";

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");

    private RequestId() {}

    /// The id a client gave if it is one (1 to 128 letters, digits, or `-_.:`), else a new one.
    public static String orNew(@Nullable String given) {
        return given != null && VALID.matcher(given).matches() ? given : next();
    }

    private static String next() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
