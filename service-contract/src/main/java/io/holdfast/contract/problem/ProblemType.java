package io.holdfast.contract.problem;

import java.net.URI;
import java.util.Locale;

/// The kinds of error a caller can meet, each with its status and a stable `type` URI (RFC 9457).
/// A client may rely on the URI; titles and details are for people and may change.
public enum ProblemType {
    MALFORMED_REQUEST(400, "The request is malformed"),
    MALFORMED_DOCUMENT(400, "The document is not acceptable JSON"),
    INVALID_NAME(400, "The name is not allowed"),
    INVALID_ID(400, "The id is not allowed"),
    INVALID_PARAMETER(400, "A parameter is out of its range"),
    INVALID_IDEMPOTENCY_KEY(400, "The Idempotency-Key is not acceptable"),
    INVALID_CURSOR(400, "The cursor was not issued for this listing"),
    UNAUTHENTICATED(401, "An API key is needed"),
    FORBIDDEN(403, "The API key does not permit this"),
    NOT_FOUND(404, "There is nothing at this address"),
    DOCUMENT_NOT_FOUND(404, "The document does not exist"),
    COLLECTION_NOT_FOUND(404, "The collection does not exist"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "No acceptable representation"),
    REQUEST_TIMEOUT(408, "The request did not arrive in time"),
    CONFLICT(409, "The request conflicts with another one"),
    IDEMPOTENCY_KEY_IN_USE(409, "A request with this Idempotency-Key is under way"),
    PRECONDITION_FAILED(412, "The precondition does not hold"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key belongs to another request"),
    DURABILITY_UNAVAILABLE(422, "The storage cannot give this durability"),
    HEADERS_TOO_LARGE(431, "The request headers are too large"),
    INTERNAL_ERROR(500, "An unexpected error occurred"),
    BAD_GATEWAY(502, "A service gave an unusable answer"),
    OVERLOADED(503, "Too much is under way"),
    SERVICE_UNAVAILABLE(503, "No instance of a service can be reached"),
    APPLIED_NOT_DURABLE(503, "The write is applied, but not as durable as was asked"),
    STORAGE_UNAVAILABLE(503, "The storage cannot be reached"),
    DEADLINE_EXCEEDED(504, "The request was not finished in time"),
    STORAGE_FULL(507, "The storage is full");

    private static final String PREFIX = "urn:holdfast:problem:";

    private final int status;
    private final String title;
    private final URI uri;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
        this.uri = URI.create(PREFIX + slug());
    }

    /// The HTTP status this problem is answered with.
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// The stable identifier, `urn:holdfast:problem:` and the slug.
    public URI uri() {
        return uri;
    }

    /// The name in kebab case, as in `document-not-found`.
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether the same request may succeed a little later without being changed.
    public boolean retriable() {
        return status == 503 || status == 504;
    }
}
