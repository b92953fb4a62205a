package io.holdfast.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a deployment's Prometheus knows, by its HTTP API (https://prometheus.io/docs/prometheus/latest/querying/api/).
record Prometheus(URI api) {
    private static final JsonMapper JSON = new JsonMapper();

    /// How many instances of each job were scraped well, at the last try.
    Map<String, Long> up() {
        return ask("targets?state=active")
                .get("activeTargets")
                .valueStream()
                .filter(target -> target.get("health").asString().equals("up"))
                .map(target -> target.get("labels").get("job").asString())
                .collect(Collectors.groupingBy(job -> job, Collectors.counting()));
    }

    /// Whether a query finds any series now.
    boolean finds(String query) {
        return !ask("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .get("result")
                .isEmpty();
    }

    private JsonNode ask(String what) {
        URI uri = api.resolve(what);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(uri + " " + answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body()).get("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// The queries of Grafana's dashboards, by where they stand, with what Grafana would put in for its variables.
    static Map<String, String> dashboards() throws IOException {
        Map<String, String> queries = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(Project.ROOT.resolve("monitoring/grafana/dashboards"))) {
            for (Path file : files.sorted().toList()) {
                for (JsonNode panel : JSON.readTree(file).get("panels")) {
                    for (JsonNode target : panel.get("targets")) {
                        String place =
                                file.getFileName() + ": " + panel.get("title").asString() + " "
                                        + target.get("refId").asString();
                        String query = target.get("expr").asString();
                        queries.put(
                                place, query.replace("$__rate_interval", "1m").replace("$job", ".*"));
                    }
                }
            }
        }
        return queries;
    }
}
