package io.holdfast.app.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An HTTP answer as it came.
///
/// @param headers by lower-case name
/// @param complete whether the body ended as it should have
@SuppressWarnings("ArrayRecordComponent")
public record Answer(int status, Map<String, List<String>> headers, byte[] body, boolean complete) {
    private static final JsonMapper JSON = new JsonMapper();

    public @Nullable String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null ? null : values.getFirst();
    }

    public String etag() {
        return String.valueOf(header("ETag"));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return JSON.readTree(body);
    }

    /// The slug of the problem's type, if the answer is a problem.
    public String problem() {
        return "application/problem+json".equals(header("Content-Type"))
                ? json().path("type").asString().replace("urn:holdfast:problem:", "")
                : "none: " + text();
    }

    public String detail() {
        return json().path("detail").asString();
    }

    @Override
    public String toString() {
        return status + " " + headers + " " + text();
    }
}
