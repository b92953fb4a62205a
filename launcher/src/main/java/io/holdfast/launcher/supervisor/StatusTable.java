package io.holdfast.launcher.supervisor;

import io.holdfast.launcher.supervisor.PlatformStatus.RedisStatus;
import io.holdfast.launcher.supervisor.PlatformStatus.ServiceStatus;
import io.holdfast.launcher.table.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The status as a table for people.
public record StatusTable(PlatformStatus status) {
    private static final List<String> HEADINGS = List.of("NAME", "PID", "ADDRESS", "STATE", "REDIS");

    public List<String> lines() {
        List<List<String>> rows = new ArrayList<>();
        status.processes().forEach(process -> rows.add(row(process)));
        status.redis().forEach(node -> rows.add(row(node)));
        return new TextTable(HEADINGS, rows).lines();
    }

    private static List<String> row(ServiceStatus process) {
        return List.of(process.name(), text(process.pid()), "http://127.0.0.1:" + process.port(), process.state(), "");
    }

    private static List<String> row(RedisStatus node) {
        String details = node.role() == null
                ? ""
                : node.role() + (node.slots() == null ? "" : ", " + node.slots() + " slots") + ", " + node.keys()
                        + " keys";
        return List.of(node.name(), text(node.pid()), node.host() + ":" + node.port(), node.state(), details);
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "-");
    }
}
