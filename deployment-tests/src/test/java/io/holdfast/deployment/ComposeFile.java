package io.holdfast.deployment;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// docker-compose.yml with its anchors resolved, and with the defaults of its variables.
final class ComposeFile {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");

    private final Map<String, Object> content;

    private ComposeFile(Map<String, Object> content) {
        this.content = content;
    }

    static ComposeFile read() {
        String text = VARIABLE.matcher(Project.read("docker-compose.yml")).replaceAll("$1");
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(200);
        return new ComposeFile(map(new Yaml(new SafeConstructor(options)).load(text)));
    }

    Map<String, Service> services() {
        Map<String, Service> services = new TreeMap<>();
        map(content.get("services")).forEach((name, service) -> services.put(name, new Service(name, map(service))));
        return services;
    }

    Service service(String name) {
        return Objects.requireNonNull(services().get(name), name);
    }

    boolean isInternal(String network) {
        Object settings = map(content.get("networks")).get(network);
        return settings != null && Boolean.TRUE.equals(map(settings).get("internal"));
    }

    /// One service of the file.
    record Service(String name, Map<String, Object> settings) {
        String text(String setting) {
            return String.valueOf(settings.get(setting));
        }

        List<Object> list(String setting) {
            return settings.containsKey(setting) ? ComposeFile.list(settings.get(setting)) : List.of();
        }

        Map<String, Object> map(String setting) {
            return settings.containsKey(setting) ? ComposeFile.map(settings.get(setting)) : Map.of();
        }

        Map<String, Object> limits() {
            Map<String, Object> deploy = map("deploy");
            return ComposeFile.map(ComposeFile.map(deploy.get("resources")).get("limits"));
        }

        Set<String> networks() {
            return list("networks").stream().map(String::valueOf).collect(Collectors.toSet());
        }
    }

    private static List<Object> list(@Nullable Object value) {
        return List.copyOf((List<?>) Objects.requireNonNull(value));
    }

    private static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> map = new TreeMap<>();
        ((Map<?, ?>) Objects.requireNonNull(value)).forEach((key, item) -> map.put(String.valueOf(key), item));
        return map;
    }
}
