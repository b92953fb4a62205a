package io.holdfast.signals;

import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The load report in the header endpoint-load-metrics of each answer.
 *
 * @param enabled whether answers carry a report
 * @param interval how old a report may be before a new one is made; rates are averages over this time
 * @param probePaths paths whose requests carry a report but are no load themselves
 */
@Validated
@ConfigurationProperties("holdfast.signals.load-report")
record LoadReportProperties(
        @DefaultValue("true") boolean enabled,

        @DefaultValue("1s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration interval,

        @DefaultValue({"/livez", "/readyz"}) Set<String> probePaths) {}
