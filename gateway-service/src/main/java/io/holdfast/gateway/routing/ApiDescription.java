package io.holdfast.gateway.routing;

/// The paths of the API's description, readable without a key.
final class ApiDescription {
    private static final String DOCUMENT = "/v3/api-docs";

    private ApiDescription() {}

    static boolean contains(String path) {
        return path.startsWith("/swagger-ui/")
                || path.equals("/swagger-ui.html")
                || path.equals(DOCUMENT)
                || path.equals(DOCUMENT + ".yaml")
                || path.startsWith(DOCUMENT + "/");
    }
}
