package io.holdfast.app.address;

import io.holdfast.storage.api.Namespace;
import jakarta.servlet.http.HttpServletRequest;

/// The address of a collection or a document, from the path as it was sent:
/// `/api/v1/collections/{collection}/documents/{id}`.
public final class Address {
    /// The path of all collections.
    public static final String COLLECTIONS = "/api/v1/collections";

    /// The kind of namespace that a collection is.
    public static final String KIND = "documents";

    private static final int COLLECTION_SEGMENT = 4;
    private static final int ID_SEGMENT = 6;

    private Address() {}

    /// The collection of a request whose path has one.
    public static Namespace collection(HttpServletRequest request) {
        String segment = segment(request.getRequestURI(), COLLECTION_SEGMENT);
        return new Namespace(KIND, PercentEncoding.decode(segment));
    }

    /// The document's id in a request whose path has one.
    public static String id(HttpServletRequest request) {
        return DocumentId.check(PercentEncoding.decode(segment(request.getRequestURI(), ID_SEGMENT)));
    }

    /// The path of a document.
    public static String path(Namespace collection, String id) {
        return COLLECTIONS + "/" + collection.name() + "/documents/" + PercentEncoding.encode(id);
    }

    private static String segment(String path, int number) {
        int from = 0;
        for (int i = 0; i < number; i++) {
            from = path.indexOf('/', from) + 1;
        }
        int to = path.indexOf('/', from);
        return to < 0 ? path.substring(from) : path.substring(from, to);
    }
}
