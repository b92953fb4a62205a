package io.holdfast.benchmarks.document;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/// Puts the document where it is to be read.
final class Store {
    private Store() {}

    static void put(URI uri, Map<String, String> headers, String document) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(10))
                .header("content-type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(document));
        headers.forEach(request::header);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(uri + " says " + answer.statusCode() + " " + answer.body());
            }
        }
    }
}
