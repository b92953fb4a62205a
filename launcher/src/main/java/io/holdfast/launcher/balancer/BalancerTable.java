package io.holdfast.launcher.balancer;

import io.holdfast.launcher.table.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        instances.forEach(instance -> rows.add(row(instance)));
        return new TextTable(HEADINGS, rows).lines();
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
}
