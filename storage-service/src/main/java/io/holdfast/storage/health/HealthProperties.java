package io.holdfast.storage.health;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the storage watches its Redis.
 *
 * @param interval the pause between two looks, at least 100 ms
 * @param eager the pause instead while nothing can be reached, as at the start, at least 100 ms
 * @param refusals how long after it refused a write Redis is said to take none, at least 1 s
 * @param timeout how long one look may take, at least 100 ms; what has not answered by then counts as out of reach
 */
@Validated
@ConfigurationProperties("holdfast.storage.health")
public record HealthProperties(
        @DefaultValue("1s") @DurationMin(millis = 100) Duration interval,
        @DefaultValue("250ms") @DurationMin(millis = 100) Duration eager,
        @DefaultValue("30s") @DurationMin(seconds = 1) Duration refusals,
        @DefaultValue("1s") @DurationMin(millis = 100) Duration timeout) {}
