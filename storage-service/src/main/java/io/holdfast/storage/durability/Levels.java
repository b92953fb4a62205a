package io.holdfast.storage.durability;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.redis.Primaries;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which level a write has: the one it asks for, else that of the first rule for its namespace, else
/// the configured one, else `replicated` where there are replicas. Thread-safe.
public final class Levels {
    private record Rule(Pattern namespaces, Durability level) {}

    private final List<Rule> rules;
    private final @Nullable Durability level;
    private final Primaries primaries;
    private final ServerFeatures features;

    Levels(DurabilityProperties properties, Primaries primaries, ServerFeatures features) {
        this.rules = properties.rules().stream()
                .map(rule -> new Rule(pattern(rule.namespaces()), rule.level()))
                .toList();
        this.level = properties.level();
        this.primaries = primaries;
        this.features = features;
    }

    private static Pattern pattern(String namespaces) {
        return Pattern.compile(
                Arrays.stream(namespaces.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /// The level of a write that asks for none.
    ///
    /// @throws io.lettuce.core.RedisException where that depends on Redis, which cannot be reached
    public Durability of(Namespace namespace) {
        String name = namespace.qualifiedName();
        for (Rule rule : rules) {
            if (rule.namespaces().matcher(name).matches()) {
                return rule.level();
            }
        }
        if (level != null) {
            return level;
        }
        return primaries.haveReplicas() ? Durability.REPLICATED : Durability.MEMORY;
    }

    /// Refuses at once what Redis cannot give.
    ///
    /// @param key where the write would go
    /// @throws ProblemException with [ProblemType#DURABILITY_UNAVAILABLE]
    /// @throws io.lettuce.core.RedisException where that depends on Redis, which cannot be reached
    void requirePossible(Durability wanted, byte[] key) {
        switch (wanted) {
            case MEMORY -> {}
            case REPLICATED -> {
                if (!primaries.haveReplicas()) {
                    throw unavailable("There are no replicas, so nothing can be 'replicated'. Ask for 'memory'.");
                }
            }
            case DISK -> {
                String missing = features.missingForDisk(primaries.holding(key));
                if (missing != null) {
                    throw unavailable("'disk' needs %s. Ask for '%s'."
                            .formatted(
                                    missing,
                                    (primaries.haveReplicas() ? Durability.REPLICATED : Durability.MEMORY).label()));
                }
            }
        }
    }

    private static ProblemException unavailable(String detail) {
        return new ProblemException(ProblemType.DURABILITY_UNAVAILABLE, detail + " Nothing was changed.");
    }
}
