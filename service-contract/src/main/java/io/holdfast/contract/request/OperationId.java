package io.holdfast.contract.request;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names one request that may change something, however often the gateway sends it: each attempt
/// carries the same id, so that what one attempt has changed is known to the next. Unlike a request
/// id, it never comes from outside. It is a UUID of version 7, as [TimeOrderedIds] makes them.
public final class OperationId {
    /// The request header that carries it. The gateway removes it from what clients send.
    public static final String HEADER = "Holdfast-Operation-Id";

    private static final Pattern VALID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private OperationId() {}

    /// Whether a header's value is an operation id.
    public static boolean isValid(@Nullable String given) {
        return given != null && VALID.matcher(given).matches();
    }
}
