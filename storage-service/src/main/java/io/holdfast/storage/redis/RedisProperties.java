package io.holdfast.storage.redis;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the storage deals with its Redis. Where it is, is configured by Spring Boot's {@code spring.data.redis}.
 *
 * @param commandTimeout how long a command may stay unanswered before it counts as failed, and is repeated where time
 *     is left
 * @param connectTimeout how long a connection attempt may take
 * @param topologyRefresh how often the cluster is asked for its layout without a reason
 * @param troubleRefresh how often it is asked at most while there is a reason, such as a redirect or a lost connection
 * @param retryPause the pause before a command is repeated the first time; it doubles up to eight times this
 * @param replicaTimeout how long a replica may take to answer a read before the primary is asked
 * @param queuedCommands the most commands that wait on one connection; what comes on top fails at once
 */
@Validated
@ConfigurationProperties("holdfast.storage.redis")
public record RedisProperties(
        @DefaultValue("2s") Duration commandTimeout,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("30s") Duration topologyRefresh,
        @DefaultValue("500ms") Duration troubleRefresh,
        @DefaultValue("50ms") Duration retryPause,
        @DefaultValue("200ms") Duration replicaTimeout,
        @DefaultValue("20000") int queuedCommands) {
    public RedisProperties {
        requirePositive("command-timeout", commandTimeout);
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("topology-refresh", topologyRefresh);
        requirePositive("trouble-refresh", troubleRefresh);
        requirePositive("retry-pause", retryPause);
        requirePositive("replica-timeout", replicaTimeout);
        if (queuedCommands < 1) {
            throw new IllegalArgumentException(
                    "holdfast.storage.redis.queued-commands is %d; it must be at least 1".formatted(queuedCommands));
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "holdfast.storage.redis.%s is %s; it must be positive".formatted(name, value));
        }
    }
}
