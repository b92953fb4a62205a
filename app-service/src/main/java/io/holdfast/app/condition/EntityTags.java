package io.holdfast.app.condition;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;

/// What an `If-Match` or `If-None-Match` names.
///
/// @param any whether it is `*`: whatever exists
record EntityTags(boolean any, List<EntityTag> tags) {
    private static final EntityTags ANY = new EntityTags(true, List.of());

    /// Strong comparison with a document that exists, as `If-Match` asks for.
    boolean match(long version) {
        return any || tags.stream().anyMatch(tag -> tag.isExactly(version));
    }

    /// Weak comparison with a document that exists, as `If-None-Match` asks for.
    boolean matchWeakly(long version) {
        return any || tags.stream().anyMatch(tag -> tag.names(version));
    }

    /// @param value the header's value; several headers joined by commas
    static EntityTags parse(String header, String value) {
        return value.strip().equals("*") ? ANY : new EntityTags(false, new Parser(header, value).list());
    }

    /// A list of quoted tags; between commas there may be nothing (RFC 9110, section 5.6.1).
    private static final class Parser {
        private final String header;
        private final String value;
        private int at;

        Parser(String header, String value) {
            this.header = header;
            this.value = value;
        }

        List<EntityTag> list() {
            List<EntityTag> tags = new ArrayList<>();
            boolean separated = true;
            for (skipSpace(); at < value.length(); skipSpace()) {
                if (value.charAt(at) == ',') {
                    at++;
                    separated = true;
                } else if (separated) {
                    tags.add(tag());
                    separated = false;
                } else {
                    throw malformed();
                }
            }
            if (tags.isEmpty()) {
                throw malformed();
            }
            return tags;
        }

        private EntityTag tag() {
            boolean weak = value.startsWith("W/", at);
            int opening = weak ? at + 2 : at;
            int closing = value.indexOf('"', opening + 1);
            if (!value.startsWith("\"", opening) || closing < 0) {
                throw malformed();
            }
            String opaque = value.substring(opening + 1, closing);
            if (opaque.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
                throw malformed();
            }
            at = closing + 1;
            return new EntityTag(weak, opaque);
        }

        private void skipSpace() {
            while (at < value.length() && (value.charAt(at) == ' ' || value.charAt(at) == '\t')) {
                at++;
            }
        }

        private ProblemException malformed() {
            return new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "%s must be * or a list of entity tags in double quotes, such as \"17\", as ETag gives them."
                            .formatted(header));
        }
    }
}
