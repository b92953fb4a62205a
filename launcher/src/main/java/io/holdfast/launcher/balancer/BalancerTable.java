package io.holdfast.launcher.balancer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// What callers see, as tables for people: one for each caller and service.
public record BalancerTable(List<CallerView> callers) {
    private static final List<String> HEADINGS = List.of(
            "INSTANCE", "STATE", "WEIGHT", "IN FLIGHT", "LATENCY", "CPU", "MEMORY", "REQUESTS", "FAILURES", "WHY");

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (CallerView caller : callers) {
            if (!caller.trouble().isEmpty()) {
                lines.add(caller.caller() + ": " + caller.trouble());
                lines.add("");
            }
            caller.services().properties().forEach(service -> {
                lines.add("%s → %s, %s%s"
                        .formatted(
                                caller.caller(),
                                service.getKey(),
                                service.getValue().path("strategy").asString(),
                                service.getValue().path("panic").asBoolean() ? ", in panic: all are used" : ""));
                lines.addAll(table(service.getValue().path("instances")));
                lines.add("");
            });
        }
        return lines;
    }

    private static List<String> table(JsonNode instances) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        instances.forEach(instance -> rows.add(row(instance)));
        int[] widths = IntStream.range(0, HEADINGS.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static List<String> row(JsonNode instance) {
        return List.of(
                instance.path("id").asString(),
                instance.path("state").asString(),
                number(instance.path("weight"), "%.1f", 1),
                instance.path("inFlight").asString(),
                number(instance.path("latencyMillis"), "%.1f ms", 1),
                number(instance.path("cpu"), "%.0f %%", 100),
                number(instance.path("memory"), "%.0f %%", 100),
                instance.path("requests").asString(),
                instance.path("failures").asString(),
                instance.path("why").asString());
    }

    private static String number(JsonNode value, String format, int factor) {
        return value.isNumber() ? String.format(Locale.ROOT, format, value.asDouble() * factor) : "-";
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> row.get(column)
                        + " ".repeat(widths[column] - row.get(column).length()))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }
}
