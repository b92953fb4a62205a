package io.holdfast.gateway.routing;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.MediaType;
import org.springframework.validation.annotation.Validated;

/**
 * The connections to the services behind.
 *
 * @param connectTimeout time to connect to an instance
 * @param flushedMediaTypes media types of answers that are sent on part by part, as they come
 */
@Validated
@ConfigurationProperties("holdfast.gateway.upstream")
record UpstreamProperties(
        @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration connectTimeout,

        @DefaultValue({"text/event-stream", "application/x-ndjson"}) @NotNull
        List<MediaType> flushedMediaTypes) {}
