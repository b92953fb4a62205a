package io.holdfast.signals;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How an instance takes its leave.
 *
 * @param notice how long it goes on serving while it tells its callers that it stops: longer than they take between two
 *     probes, and shorter than spring.lifecycle.timeout-per-shutdown-phase. 0 stops at once
 */
@Validated
@ConfigurationProperties("holdfast.signals.drain")
record DrainProperties(
        @DefaultValue("2s") @DurationMin @DurationMax(minutes = 5)
        Duration notice) {}
