package io.holdfast.app.json;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.JsonStringEncoder;

/// Strings as JSON has them.
public final class JsonStrings {
    private JsonStrings() {}

    /// A string as JSON, with its quotes, in UTF-8.
    public static byte[] encode(String string) {
        StringBuilder json = new StringBuilder(string.length() + 2).append('"');
        JsonStringEncoder.getInstance().quoteAsString(string, json);
        return json.append('"').toString().getBytes(StandardCharsets.UTF_8);
    }
}
