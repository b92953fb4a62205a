package io.holdfast.launcher.balancer;

import io.holdfast.launcher.supervisor.PlatformStatus;
import io.holdfast.launcher.supervisor.PlatformStatus.ServiceStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Asks those processes that balance, the gateway and the app services, what they see. One that
/// does not answer is told as such.
public final class Callers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final List<String> BALANCING = List.of("gateway", "app");

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    public List<CallerView> ask(PlatformStatus status) {
        List<CallerView> views = new ArrayList<>();
        for (ServiceStatus process : status.processes()) {
            if (BALANCING.stream().anyMatch(process.role()::startsWith)) {
                views.add(ask(process));
            }
        }
        return views;
    }

    private CallerView ask(ServiceStatus process) {
        URI uri = URI.create("http://127.0.0.1:" + process.managementPort() + "/actuator/loadbalancer");
        try {
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? new CallerView(
                            process.name(),
                            "",
                            JsonMapper.shared().readTree(answer.body()).path("services"))
                    : CallerView.silent(process.name(), "answered " + answer.statusCode());
        } catch (IOException | JacksonException e) {
            return CallerView.silent(process.name(), "does not answer");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return CallerView.silent(process.name(), "was not waited for");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
