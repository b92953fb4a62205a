package io.holdfast.balancing.spring;

import io.holdfast.balancing.RetryRule;
import io.holdfast.balancing.Strategy;
import io.holdfast.balancing.UpstreamRules;
import io.holdfast.balancing.retry.BudgetRule;
import io.holdfast.balancing.retry.HedgingRule;
import io.holdfast.balancing.spring.discovery.DnsName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
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
     * One service. Its instances are either listed or found in the DNS.
     *
     * @param instances the base URIs of its instances: http or https, host and port
     * @param weights the weights of the listed instances, in their order; without them, all weigh 1
     * @param dns the name that stands for its instances
     * @param strategy how an instance is picked
     * @param retry what follows an attempt that failed
     * @param budget what further attempts may add to the requests
     * @param hedging when a second attempt is begun beside a late one, where a route asks for it
     * @param ejection when an instance is taken out because it does worse than its peers
     * @param slowStart how long an instance that came, or came back, takes to get its full share
     */
    record Service(
            @DefaultValue List<@NotNull URI> instances,
            @DefaultValue List<@NotNull Double> weights,
            @Valid @Nullable DnsName dns,
            @Nullable String strategy,
            @DefaultValue @Valid Retry retry,
            @DefaultValue @Valid Budget budget,
            @DefaultValue @Valid Hedging hedging,
            @DefaultValue @Valid EjectionProperties ejection,

            @DefaultValue("10s") @DurationMin @DurationMax(hours = 1)
            Duration slowStart) {
        Service {
            if (strategy != null) {
                Strategy.named(strategy);
            }
            if (instances.isEmpty() == (dns == null)) {
                throw new IllegalArgumentException(
                        "A service needs either instances or a DNS name (dns.name), and not both.");
            }
            if (!weights.isEmpty() && weights.size() != instances.size()) {
                throw new IllegalArgumentException("There are %d weights for %d instances. Give one for each, or none."
                        .formatted(weights.size(), instances.size()));
            }
            instances.forEach(Service::checkBaseUri);
        }

        Strategy usedStrategy() {
            return strategy == null ? Strategy.DEFAULT : Strategy.named(strategy);
        }

        UpstreamRules rules() {
            return new UpstreamRules(retry.rule(), budget.rule(), hedging.rule(), ejection.rule(), slowStart);
        }

        /// The listed instances.
        Map<URI, Double> weighted() {
            Map<URI, Double> weighted = new LinkedHashMap<>();
            for (int i = 0; i < instances.size(); i++) {
                weighted.put(instances.get(i), weights.isEmpty() ? 1 : weights.get(i));
            }
            return weighted;
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
     * Bounds attempts beyond the first, so that they cannot multiply an outage.
     *
     * @param share of the live requests
     * @param perSecond what is allowed anyway, so that a service with little traffic can retry at all
     * @param reserve how many of these are kept while they are not needed
     */
    record Budget(
            @DefaultValue("0.12") @Min(0) @Max(1) double share,
            @DefaultValue("1") @Min(0) @Max(1_000_000) double perSecond,
            @DefaultValue("10") @Min(0) @Max(1_000_000) int reserve) {
        Budget {
            new BudgetRule(share, perSecond, reserve); // refuses what makes no sense
        }

        BudgetRule rule() {
            return new BudgetRule(share, perSecond, reserve);
        }
    }

    /**
     * When a second attempt is begun beside a late one.
     *
     * @param quantile of the observed latencies, after which an answer is late
     * @param share of the requests that may be hedged
     * @param shortest the least delay
     */
    record Hedging(
            @DefaultValue("0.95") double quantile,
            @DefaultValue("0.02") @Min(0) @Max(1) double share,

            @DefaultValue("2ms") @DurationMin @DurationMax(minutes = 1)
            Duration shortest) {
        Hedging {
            new HedgingRule(quantile, share, shortest); // refuses what makes no sense
        }

        HedgingRule rule() {
            return new HedgingRule(quantile, share, shortest);
        }
    }

    /**
     * How the health of instances is asked for.
     *
     * @param path what is asked; only the status 200 means ready
     * @param interval the time between two probes of an instance, give or take a tenth
     * @param timeout how long an instance may take to answer
     * @param concurrency how many probes may be under way at once
     */
    record Probe(
            @DefaultValue("/readyz") @Pattern(regexp = "/.*")
            String path,

            @DefaultValue("1s") @DurationMin(millis = 10) @DurationMax(minutes = 10)
            Duration interval,

            @DefaultValue("1s") @DurationMin(millis = 10) @DurationMax(minutes = 10)
            Duration timeout,

            @DefaultValue("64") @Min(1) @Max(10_000) int concurrency) {}
}
