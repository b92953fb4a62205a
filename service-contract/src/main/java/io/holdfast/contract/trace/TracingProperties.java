package io.holdfast.contract.trace;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the spans of requests go.
 *
 * @param endpoint the address that takes spans by OTLP over HTTP, such as http://collector:4318/v1/traces. Without one
 *     nothing is recorded; requests have a trace id in the logs nevertheless
 * @param sampled the share of the traces beginning here that are recorded. A trace that a client began is recorded if
 *     the client says so
 * @param maxWaiting the most spans that wait to be sent; further ones are dropped
 * @param interval how often spans are sent
 * @param timeout how long sending may take, after which the spans are given up
 */
@Validated
@ConfigurationProperties("holdfast.tracing")
public record TracingProperties(
        @Nullable URI endpoint,
        @DefaultValue("1") @DecimalMin("0") @DecimalMax("1") double sampled,
        @DefaultValue("2048") @Min(512) @Max(100_000) int maxWaiting,

        @DefaultValue("5s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration interval,

        @DefaultValue("5s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration timeout) {}
