package io.holdfast.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a deployment is called from outside, and the key that it asks for.
record Gateway(URI address, String apiKey) {
    /// @param secrets the folder that `deployment/secrets` made
    static Gateway of(String hostAndPort, Path secrets) {
        try {
            String key = Files.readString(secrets.resolve("api-key")).strip();
            return new Gateway(URI.create("http://" + hostAndPort), key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Load load(String collection) {
        return new Load(this, collection);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + apiKey);
    }

    int status(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request(path).build(), BodyHandlers.discarding()).statusCode();
        }
    }
}
