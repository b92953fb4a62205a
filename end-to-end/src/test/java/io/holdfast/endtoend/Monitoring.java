package io.holdfast.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The queries of the dashboards and of Prometheus' rules, by where they stand.
final class Monitoring {
    static final Path FOLDER = Platform.ROOT.resolve("monitoring");

    private Monitoring() {}

    static Map<String, Query> dashboards() {
        Map<String, Query> queries = new LinkedHashMap<>();
        for (Path file : files(FOLDER.resolve("grafana/dashboards"), ".json")) {
            for (JsonNode panel : Api.JSON.readTree(text(file)).get("panels")) {
                for (JsonNode target : panel.get("targets")) {
                    String place =
                            file.getFileName() + ": " + panel.get("title").asString() + " "
                                    + target.get("refId").asString();
                    queries.put(place, new Query(target.get("expr").asString()));
                }
            }
        }
        return queries;
    }

    /// The recording and alert rules.
    static List<Manifest> rules() {
        return files(FOLDER.resolve("prometheus/rules"), ".yml").stream()
                .flatMap(file -> Manifest.of(file).getFirst().list("groups").stream())
                .flatMap(group -> group.list("rules").stream())
                .toList();
    }

    static List<Path> files(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
