package io.holdfast.launcher.startup;

import io.holdfast.launcher.directory.Script;
import io.holdfast.launcher.supervisor.PlatformStatus;
import io.holdfast.launcher.supervisor.StatusTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `up` prints when everything is ready: what runs, and calls to paste.
record Welcome(PlatformStatus status, Path apiKey) {

    List<String> lines() {
        String key = Script.own().shown(apiKey);
        String curl = "curl -i -H \"Authorization: Bearer $(cat " + key + ")\"";
        String collections = status.url() + "/api/v1/collections";
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.addAll(new StatusTable(status).lines());
        lines.add("");
        lines.add("Holdfast is ready at " + status.url());
        lines.add("The API key is in " + key);
        lines.add("Try it:");
        lines.add("  " + curl + " -X PUT -H 'Content-Type: application/json' -d '{\"name\":\"Ada\"}' " + collections
                + "/people/documents/ada");
        lines.add("  " + curl + " " + collections + "/people/documents/ada");
        lines.add("  " + curl + " " + collections);
        return lines;
    }
}
