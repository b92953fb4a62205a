package io.holdfast.gateway.authentication;

import org.springframework.http.HttpMethod;

/// What a key allows, and a request needs.
public enum Permission {
    READ,
    WRITE;

    private static final String GET_MANY = "/documents:get";
    private static final String VERIFY = "/receipts:verify";

    /// Reads are GET, HEAD and OPTIONS, and the calls that ask for many documents or about many
    /// receipts, whose list needs a body and hence a POST.
    static Permission neededFor(HttpMethod method, String rawPath) {
        return switch (method.name()) {
            case "GET", "HEAD", "OPTIONS" -> READ;
            case "POST" -> rawPath.endsWith(GET_MANY) || rawPath.endsWith(VERIFY) ? READ : WRITE;
            default -> WRITE;
        };
    }
}
