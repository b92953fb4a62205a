package io.holdfast.endtoend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/// A part of a document in YAML: a map, a list or a value.
record Manifest(@Nullable Object node) {
    /// The documents of a file.
    static List<Manifest> of(Path file) {
        return of(Monitoring.text(file));
    }

    static List<Manifest> of(String text) {
        List<Manifest> documents = new ArrayList<>();
        new Yaml().loadAll(text).forEach(document -> documents.add(new Manifest(document)));
        return documents;
    }

    /// What is at keys and indexes separated by slashes; nothing where one is missing.
    Manifest at(String path) {
        Object current = node;
        for (String key : path.split("/", -1)) {
            current = switch (current) {
                case Map<?, ?> map -> map.get(key);
                case List<?> list -> list.get(Integer.parseInt(key));
                case null, default -> null;
            };
        }
        return new Manifest(current);
    }

    String text(String path) {
        return String.valueOf(at(path).node());
    }

    List<Manifest> list(String path) {
        return at(path).node() instanceof List<?> items
                ? items.stream().map(item -> new Manifest(item)).toList()
                : List.of();
    }

    /// A map of texts, such as labels.
    Map<?, ?> map(String path) {
        return at(path).node() instanceof Map<?, ?> map ? map : Map.of();
    }

    int number(String path) {
        return Integer.parseInt(text(path));
    }

    boolean has(String path) {
        return at(path).node() != null;
    }

    String kind() {
        return text("kind");
    }

    String name() {
        return text("metadata/name");
    }
}
