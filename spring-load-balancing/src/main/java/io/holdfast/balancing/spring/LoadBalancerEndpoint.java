package io.holdfast.balancing.spring;

import io.holdfast.balancing.Explanation;
import io.holdfast.balancing.InstanceView;
import io.holdfast.balancing.Strategy;
import io.holdfast.balancing.Upstream;
import io.holdfast.contract.problem.ProblemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.MimeTypeUtils;

/// Shows how services are balanced over, explains what would be picked next, and switches
/// strategies. Mistakes are answered with a problem that says what can be asked for.
@Endpoint(id = "loadbalancer")
public final class LoadBalancerEndpoint {
    private static final int USUAL_PICKS = 10;

    private final Upstreams upstreams;

    LoadBalancerEndpoint(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    @ReadOperation
    public Map<String, Object> all() {
        Map<String, Object> services = new LinkedHashMap<>();
        upstreams.all().forEach(upstream -> services.put(upstream.service(), described(upstream)));
        return Map.of("services", services);
    }

    @ReadOperation
    public WebEndpointResponse<?> one(@Selector String service) {
        return with(service, LoadBalancerEndpoint::described);
    }

    /// @param view only `explain` is one
    @ReadOperation
    public WebEndpointResponse<?> view(
            @Selector String service, @Selector String view, @Nullable String strategy, @Nullable Integer picks) {
        if (!view.equals("explain")) {
            return problem(ProblemType.NOT_FOUND, "There is no view '%s'. Use explain.".formatted(view));
        }
        return with(service, upstream -> {
            Strategy asked = strategy == null ? upstream.strategy() : Strategy.named(strategy);
            return described(upstream.explain(asked, picks == null ? USUAL_PICKS : picks));
        });
    }

    @WriteOperation
    public WebEndpointResponse<?> change(@Selector String service, @Nullable String strategy) {
        return with(service, upstream -> {
            if (strategy == null) {
                throw new IllegalArgumentException("Say which strategy to use: {\"strategy\": \"…\"} with one of: %s."
                        .formatted(Strategy.known()));
            }
            upstream.switchTo(Strategy.named(strategy));
            return described(upstream);
        });
    }

    private WebEndpointResponse<?> with(String service, Function<Upstream, Object> answer) {
        Upstream upstream = upstreams.find(service).orElse(null);
        if (upstream == null) {
            String known = String.join(
                    ", ", upstreams.all().stream().map(Upstream::service).toList());
            return problem(
                    ProblemType.NOT_FOUND, "There is no service '%s'. Use one of: %s.".formatted(service, known));
        }
        try {
            return new WebEndpointResponse<>(answer.apply(upstream));
        } catch (IllegalArgumentException e) {
            return problem(ProblemType.INVALID_PARAMETER, String.valueOf(e.getMessage()));
        }
    }

    private static WebEndpointResponse<?> problem(ProblemType type, String detail) {
        return new WebEndpointResponse<>(
                Map.of(
                        "type", type.uri().toString(),
                        "title", type.title(),
                        "status", type.status(),
                        "detail", detail),
                type.status(),
                MimeTypeUtils.parseMimeType("application/problem+json"));
    }

    private static Map<String, Object> described(Upstream upstream) {
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("service", upstream.service());
        service.put("strategy", upstream.strategy().toString());
        service.put("panic", upstream.panicking());
        service.put(
                "instances",
                upstream.views().stream().map(LoadBalancerEndpoint::described).toList());
        return service;
    }

    private static Map<String, @Nullable Object> described(InstanceView view) {
        Map<String, @Nullable Object> instance = new LinkedHashMap<>();
        instance.put("id", view.id());
        instance.put("uri", view.uri().toString());
        instance.put("state", view.state().toString());
        instance.put("weight", view.weight());
        instance.put("inFlight", view.inFlight());
        instance.put("connections", view.connections());
        instance.put("latencyMillis", view.latencyMillis());
        instance.put("cpu", view.cpu());
        instance.put("memory", view.memory());
        instance.put("requests", view.requests());
        instance.put("failures", view.failures());
        instance.put(
                "ejectedUntil",
                view.ejectedUntil() == null ? null : view.ejectedUntil().toString());
        instance.put("why", view.why());
        return instance;
    }

    private static Map<String, Object> described(Explanation explanation) {
        List<Map<String, Object>> candidates = explanation.candidates().stream()
                .map(candidate -> {
                    Map<String, Object> described = new LinkedHashMap<>();
                    described.put("id", candidate.id());
                    described.put("state", candidate.state().toString());
                    described.put("weight", candidate.weight());
                    described.put("share", candidate.share());
                    described.put("score", candidate.score());
                    described.put("why", candidate.why());
                    return described;
                })
                .toList();
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("service", explanation.service());
        described.put("strategy", explanation.strategy().toString());
        described.put("picks", explanation.picks());
        described.put("candidates", candidates);
        return described;
    }
}
