package io.holdfast.balancing.spring;

import io.holdfast.balancing.RetryRule;
import io.holdfast.balancing.Strategy;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The services this one calls, and how it balances over their instances.
 *
 * @param services the services, by name
 * @param probe how the health of their instances is asked for
 */
@Validated
@ConfigurationProperties("holdfast.load-balancing")
record LoadBalancingProperties(
        @DefaultValue Map<String, @Valid Service> services,
        @DefaultValue @Valid Probe probe) {

    /**
     * One service.
     *
     * @param instances the base URIs of its instances: http or https, host and port
     * @param strategy how an instance is picked: round-robin
     * @param retry what follows an attempt that failed
     */
    record Service(
            @NotEmpty List<@NotNull URI> instances,
            @DefaultValue("round-robin") String strategy,
            @DefaultValue @Valid Retry retry) {
        Service {
            Strategy.named(strategy);
            if (instances != null) {
                instances.forEach(Service::checkBaseUri);
            }
        }

        private static void checkBaseUri(URI uri) {
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getHost() != null
                    && uri.getPath().isEmpty()
                    && uri.getQuery() == null
                    && uri.getFragment() == null
                    && uri.getUserInfo() == null;
            if (!http || !bare) {
                throw new IllegalArgumentException(
                        "'%s' is no base URI of an instance. Give scheme, host and port only: http://127.0.0.1:8081."
                                .formatted(uri));
            }
        }
    }

    /**
     * What follows an attempt that failed.
     *
     * @param attempts how often a request may be sent, and how many instances are tried before a pause
     * @param patience how long a request waits for a service none of whose instances can be reached
     * @param pause the longest first pause after all instances were tried; it doubles up to 500 ms
     * @param attemptTimeout how long a request that is safe to repeat waits for one instance while there is another
     */
    record Retry(
            @DefaultValue("3") @Min(1) @Max(10) int attempts,

            @DefaultValue("8s") @DurationMin @DurationMax(minutes = 10)
            Duration patience,

            @DefaultValue("50ms") @DurationMin(millis = 1) @DurationMax(seconds = 10)
            Duration pause,

            @DefaultValue("3s") @DurationMin(millis = 1) @DurationMax(minutes = 10)
            Duration attemptTimeout) {
        RetryRule rule() {
            return new RetryRule(attempts, patience, pause, attemptTimeout);
        }
    }

    /**
     * How the health of instances is asked for.
     *
     * @param path what is asked; only the status 200 means ready
     * @param interval the time between two probes of an instance, give or take a tenth
     * @param timeout how long an instance may take to answer
     */
    record Probe(
            @DefaultValue("/readyz") @Pattern(regexp = "/.*")
            String path,

            @DefaultValue("1s") @DurationMin(millis = 10) @DurationMax(minutes = 10)
            Duration interval,

            @DefaultValue("1s") @DurationMin(millis = 10) @DurationMax(minutes = 10)
            Duration timeout) {}
}
