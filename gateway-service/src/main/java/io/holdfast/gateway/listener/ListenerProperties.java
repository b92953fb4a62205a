package io.holdfast.gateway.listener;

import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the public port comes from.
 *
 * @param socket the Unix domain socket at which a {@link ListenerKeeper} hands out its listening socket, which takes the
 *     place of {@code server.address} and {@code server.port}. Linux only. Without, the gateway opens its port itself
 * @param patience how long a starting gateway waits for the keeper
 */
@Validated
@ConfigurationProperties("holdfast.gateway.listener")
public record ListenerProperties(
        @Nullable Path socket,

        @DefaultValue("30s") @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration patience) {}
