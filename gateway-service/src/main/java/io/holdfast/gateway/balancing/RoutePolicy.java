package io.holdfast.gateway.balancing;

import io.holdfast.balancing.RetryRule;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the requests of one route are balanced.
 *
 * @param attempts how often a request may be sent; without it, as its service says
 * @param attemptTimeout how long one instance may take while there is another; without it, as its service says
 * @param hedge whether a GET that is late is sent to a second instance as well
 * @param key what keeps requests together where the strategy is consistent-hash: path, header:Name or cookie:name;
 *     without it, nothing does
 * @param operationIds whether what is behind the route knows a request again by the operation id that the gateway gives
 *     it, as Holdfast's app service does; then requests of any method may be repeated
 */
record RoutePolicy(
        @Min(1) @Max(10) @Nullable Integer attempts,

        @DurationMin(millis = 1) @DurationMax(minutes = 10) @Nullable
        Duration attemptTimeout,

        @DefaultValue("false") boolean hedge,
        @Nullable KeySource key,
        @DefaultValue("false") boolean operationIds) {
    static final RoutePolicy DEFAULT = new RoutePolicy(null, null, false, null, false);

    RetryRule retry(RetryRule service) {
        return attempts == null && attemptTimeout == null
                ? service
                : new RetryRule(
                        attempts == null ? service.attempts() : attempts,
                        service.patience(),
                        service.pause(),
                        attemptTimeout == null ? service.attemptTimeout() : attemptTimeout);
    }
}
