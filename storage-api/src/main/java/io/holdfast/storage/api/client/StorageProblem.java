package io.holdfast.storage.api.client;

import io.holdfast.balancing.Failure;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A storage service's problem detail, as this service passes it on.
final class StorageProblem {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Map<String, ProblemType> TYPES = Stream.of(ProblemType.values())
            .collect(Collectors.toUnmodifiableMap(type -> type.uri().toString(), Function.identity()));

    private StorageProblem() {}

    /// The problem in `body`. A body that is none, and a fault of the storage service, become a
    /// problem of the tier.
    static ProblemException read(int status, byte[] body) {
        JsonNode problem = json(body);
        ProblemType type =
                problem == null ? null : TYPES.get(problem.path("type").asString(""));
        if (problem != null && type != null && type != ProblemType.INTERNAL_ERROR) {
            return new ProblemException(type, problem.path("detail").asString(type.title()));
        }
        return Failure.refuses(status)
                ? new ProblemException(
                        ProblemType.STORAGE_UNAVAILABLE,
                        "The storage services cannot take requests at the moment. Try again shortly.")
                : new ProblemException(
                        ProblemType.BAD_GATEWAY,
                        "A storage service failed with status %d. Its log says why, under this answer's request id."
                                .formatted(status));
    }

    private static @Nullable JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException _) {
            return null;
        }
    }
}
