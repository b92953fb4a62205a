package io.holdfast.gateway.authentication;

import org.springframework.http.HttpMethod;

/// What a key allows, and a request needs.
public enum Permission {
    READ,
    WRITE;

    private static final String GET_MANY = "/documents:get";

    /// Reads are GET, HEAD and OPTIONS, and the call that asks for many documents, whose list of ids needs
    /// a body and hence a POST.
    static Permission neededFor(HttpMethod method, String rawPath) {
        return switch (method.name()) {
            case "GET", "HEAD", "OPTIONS" -> READ;
            case "POST" -> rawPath.endsWith(GET_MANY) ? READ : WRITE;
            default -> WRITE;
        };
    }
}
