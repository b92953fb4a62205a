package io.holdfast.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.endtoend.Query.Condition;
import io.holdfast.endtoend.Query.Selector;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Dashboards and rules ask for what the services of a running platform tell, by its names and labels.
class MetricNamesIT {
    private static final Pattern SAMPLE = Pattern.compile("^([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})? [^ ]+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /// What Prometheus adds to every sample, or makes by itself.
    private static final Set<String> TARGET = Set.of("job", "instance");

    private record Sample(String name, Map<String, String> labels) {}

    private static List<Sample> samples;

    @BeforeAll
    static void useThePlatform() {
        Platform platform = Platform.shared();
        Api api = platform.api();
        api.put("watched", "a", "{}");
        api.get(Api.document("watched", "a"));
        api.post(Api.documents("watched"), "application/json", "{}");
        samples = Stream.of("gateway-1", "app-1", "app-2", "storage-1", "storage-2")
                .flatMap(name -> samples(platform.process(name)).stream())
                .toList();
    }

    @Test
    void dashboardsAskForWhatThereIs() {
        Map<String, Query> queries = Monitoring.dashboards();
        assertThat(queries).hasSizeGreaterThan(50);
        queries.forEach((place, query) -> assertThat(faults(query)).as(place).isEmpty());
    }

    @Test
    void rulesAskForWhatThereIs() {
        List<Manifest> rules = Monitoring.rules();
        assertThat(rules).hasSizeGreaterThan(15);
        for (Manifest rule : rules) {
            assertThat(faults(new Query(rule.text("expr")))).as(rule.toString()).isEmpty();
        }
    }

    @Test
    void noticesWhatThereIsNot() {
        assertThat(faults(new Query("sum(rate(holdfast_nothing_total[1m]))"))).hasSize(1);
        assertThat(faults(new Query("holdfast_gateway_requests{colour=\"red\"}")))
                .hasSize(1);
        assertThat(faults(new Query("http_server_requests_seconds_count{uri=\"/nowhere\"}")))
                .hasSize(1);
        assertThat(faults(new Query("sum by (colour) (holdfast_gateway_requests)")))
                .hasSize(1);
        assertThat(faults(new Query("max(holdfast_storage_partitions) or (up == 0 and vector(1))")))
                .isEmpty();
    }

    private static Set<String> faults(Query query) {
        Set<String> recorded =
                Monitoring.rules().stream().map(rule -> rule.text("record")).collect(Collectors.toSet());
        Set<String> faults = new TreeSet<>();
        Set<String> labels = new TreeSet<>(TARGET);
        boolean rulesOnly = true;
        for (Selector selector : query.selectors()) {
            if (recorded.contains(selector.metric()) || selector.metric().equals("up")) {
                continue;
            }
            rulesOnly = false;
            List<Sample> found = samples.stream()
                    .filter(sample -> sample.name().equals(selector.metric()))
                    .toList();
            if (found.isEmpty()) {
                faults.add("nobody exports " + selector.metric());
            }
            found.forEach(sample -> labels.addAll(sample.labels().keySet()));
            selector.conditions().stream()
                    .filter(condition -> !TARGET.contains(condition.label()))
                    .filter(condition -> found.stream().noneMatch(sample -> meets(sample, condition)))
                    .forEach(condition -> faults.add("no " + selector.metric() + " with " + condition));
        }
        if (!rulesOnly) {
            query.groups().stream()
                    .filter(label -> !labels.contains(label))
                    .forEach(label -> faults.add("no label " + label));
        }
        return faults;
    }

    /// A pattern of statuses, states and the like need not be met now, but the label must be there.
    private static boolean meets(Sample sample, Condition condition) {
        String value = sample.labels().get(condition.label());
        return value != null && (!condition.operator().equals("=") || value.equals(condition.value()));
    }

    private static List<Sample> samples(JsonNode process) {
        URI uri = URI.create("http://127.0.0.1:" + (process.get("port").asInt() + 1000) + "/actuator/prometheus");
        Api api = Platform.shared().api();
        // What is known of Redis' nodes comes a moment after the start.
        return await().until(
                        () -> parsed(
                                Api.text(api.send(HttpRequest.newBuilder(uri).build()))),
                        all -> all.size() > 100);
    }

    private static List<Sample> parsed(String exposition) {
        List<Sample> parsed = new ArrayList<>();
        for (String line : exposition.split("\n", -1)) {
            Matcher sample = SAMPLE.matcher(line);
            if (!line.startsWith("#") && sample.matches()) {
                Map<String, String> labels = new HashMap<>();
                LABEL.matcher(sample.group(2) == null ? "" : sample.group(2))
                        .results()
                        .forEach(label -> labels.put(exported(label.group(1)), label.group(2)));
                parsed.add(new Sample(sample.group(1), labels));
            }
        }
        return parsed;
    }

    /// Prometheus keeps its own label of that name and calls the service's like this.
    private static String exported(String label) {
        return label.equals("instance") || label.equals("job") ? "exported_" + label : label;
    }
}
