package io.holdfast.storage.redis;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/// What a failed command means for the operation that sent it.
///
/// @param passing whether the same command may work a moment later, as during the election of a primary
public record RedisFault(boolean passing, ProblemType type, String detail) {
    /// Error codes of Redis that end by themselves: a slot without a primary, a node that starts, was
    /// demoted, lost its primary, is being resharded, or is busy with a script.
    private static final List<String> PASSING = List.of(
            "UNBLOCKED",
            "NOSCRIPT",
            "CLUSTERDOWN",
            "LOADING",
            "READONLY",
            "MASTERDOWN",
            "TRYAGAIN",
            "BUSY",
            "MOVED",
            "ASK",
            "NOREPLICAS");

    public static RedisFault of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case RedisCommandTimeoutException _, TimeoutException _ ->
                unavailable(true, "Redis did not answer in time");
            case ProblemException problem -> new RedisFault(false, problem.type(), problem.detail());
            case RedisCommandExecutionException answer -> answered(String.valueOf(answer.getMessage()));
            // A lost connection ends what it carried: by a socket's own exception, or by cancelling it.
            case RedisException _, IOException _, CancellationException _ ->
                unavailable(true, "Redis cannot be reached");
            default -> new RedisFault(false, ProblemType.INTERNAL_ERROR, cause.toString());
        };
    }

    /// The fault of a command whose thread was told to end.
    static RedisFault interrupted() {
        return unavailable(false, "The storage service is shutting down");
    }

    private static RedisFault answered(String message) {
        if (message.startsWith("OOM")) {
            return new RedisFault(
                    false,
                    ProblemType.STORAGE_FULL,
                    "Redis has reached its memory limit. Reads go on; delete something or raise the limit.");
        }
        if (message.startsWith("NOAUTH") || message.startsWith("WRONGPASS") || message.startsWith("NOPERM")) {
            return unavailable(false, "Redis does not accept the storage service's credentials");
        }
        if (message.startsWith("MISCONF")) {
            return unavailable(false, "Redis cannot write to its disk and takes no writes");
        }
        boolean passing = PASSING.stream().anyMatch(message::startsWith);
        return passing
                ? unavailable(true, "Redis is changing over (" + message.split(" ", 2)[0] + ")")
                : new RedisFault(false, ProblemType.INTERNAL_ERROR, "Redis answered: " + message);
    }

    private static RedisFault unavailable(boolean passing, String detail) {
        return new RedisFault(passing, ProblemType.STORAGE_UNAVAILABLE, detail + ".");
    }
}
