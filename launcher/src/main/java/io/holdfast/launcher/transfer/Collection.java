package io.holdfast.launcher.transfer;

import io.holdfast.launcher.LauncherException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A collection behind the API.
///
/// @param url where the platform serves its clients, without a path
public record Collection(String url, String name, String apiKey) {
    private static final String NAMES = "[a-z0-9][a-z0-9._-]{0,62}";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int LONGEST_QUOTE = 300;

    public Collection {
        if (!name.matches(NAMES)) {
            throw new LauncherException("'" + name + "' is no name for a collection: it takes 1 to 63 of a-z, 0-9, '.',"
                    + " '_' and '-', and starts with a letter or digit.");
        }
        if (!url.matches("https?://[^/]+/?")) {
            throw new LauncherException(
                    "--url takes the platform's address like http://127.0.0.1:8080, not '" + url + "'.");
        }
        if (!apiKey.matches("[\\x21-\\x7e]+")) {
            throw new LauncherException("The API key is empty, or no key: it has spaces or control characters in it.");
        }
        url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    /// @param rest what follows the collection's name
    HttpRequest.Builder request(String rest) {
        return HttpRequest.newBuilder(URI.create(url + "/api/v1/collections/" + name + rest))
                .header("Authorization", "Bearer " + apiKey);
    }

    /// What to tell about an answer that is not the one hoped for.
    LauncherException refusal(int status, byte[] body) {
        String detail = detail(body);
        return switch (status) {
            case 401, 403 ->
                new LauncherException(
                        "The platform at " + url + " refused the API key (" + status + "). Check --api-key-file.");
            default -> new LauncherException("The platform at " + url + " answered " + status + ": " + detail);
        };
    }

    static String detail(byte[] body) {
        try {
            JsonNode problem = JsonMapper.shared().readTree(body);
            String text = problem.path("detail").asString("");
            return text.isEmpty() ? problem.path("title").asString("no reason given") : text;
        } catch (JacksonException e) {
            String text = new String(body, StandardCharsets.UTF_8).strip();
            return text.substring(0, Math.min(LONGEST_QUOTE, text.length()));
        }
    }

    /// How long the platform asks to be left alone, if it does.
    static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,4}"))
                .map(value -> Duration.ofSeconds(Integer.parseInt(value)));
    }
}
