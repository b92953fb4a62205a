package io.holdfast.balancing.spring;

import java.util.Map;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Looks for the service among the configured ones, however its instances are written.
final class UpstreamCondition extends SpringBootCondition {
    private static final String SERVICES = "holdfast.load-balancing.services";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        String service = Objects.requireNonNull(
                metadata.getAnnotations().get(ConditionalOnUpstream.class).getString("value"));
        Map<String, Object> services = Binder.get(context.getEnvironment())
                .bind(SERVICES, Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of());
        boolean matches = service.isEmpty() ? !services.isEmpty() : services.containsKey(service);
        ConditionMessage message = ConditionMessage.forCondition(ConditionalOnUpstream.class, service)
                .because("configured: " + services.keySet());
        return new ConditionOutcome(matches, message);
    }
}
