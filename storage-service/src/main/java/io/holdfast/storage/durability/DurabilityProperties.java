package io.holdfast.storage.durability;

import io.holdfast.storage.api.Durability;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How far writes must have come, and how that is waited for.
 *
 * @param level of writes that ask for none and that no rule is for; not set: {@code replicated} where there are
 *     replicas, and otherwise {@code memory}
 * @param rules levels of namespaces whose writes ask for none; the first that matches counts
 * @param replicas how many replicas must confirm a write, 1 to 10
 * @param waitTimeout how long one wait for them may take. It is repeated while the request has time, so this bounds only
 *     how long further writes may have to queue behind it
 * @param answerMargin how long before the end of a request's time an unconfirmed write is answered as such
 * @param connections to each primary that take turns in writing and waiting, for each level, 1 to 16
 * @param groupSize the most writes that share a wait, 1 to 10,000
 * @param queuedWrites the most writes to one primary that wait for their turn; more are refused
 */
@Validated
@ConfigurationProperties("holdfast.storage.durability")
public record DurabilityProperties(
        @Nullable Durability level,
        @DefaultValue List<Rule> rules,
        @DefaultValue("1") int replicas,
        @DefaultValue("500ms") Duration waitTimeout,
        @DefaultValue("500ms") Duration answerMargin,
        @DefaultValue("2") int connections,
        @DefaultValue("256") int groupSize,
        @DefaultValue("10000") int queuedWrites) {
    public DurabilityProperties {
        rules = List.copyOf(rules);
        requireWithin("replicas", replicas, 10);
        requireWithin("connections", connections, 16);
        requireWithin("group-size", groupSize, 10_000);
        requireWithin("queued-writes", queuedWrites, 1_000_000);
        requireAtLeastAMillisecond("wait-timeout", waitTimeout);
        requireAtLeastAMillisecond("answer-margin", answerMargin);
    }

    /**
     * The level of some namespaces.
     *
     * @param namespaces kind and name, such as {@code documents:orders}; a {@code *} stands for any text
     * @param level of their writes
     */
    public record Rule(String namespaces, Durability level) {}

    private static void requireWithin(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "holdfast.storage.durability.%s is %d; it must be 1 to %d".formatted(name, value, most));
        }
    }

    private static void requireAtLeastAMillisecond(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "holdfast.storage.durability.%s is %s; it must be at least 1 ms".formatted(name, value));
        }
    }
}
