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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a failed command means for the operation that sent it.
///
/// @param passing whether the same command may work a moment later, as during the election of a primary
/// @param refusal of a server that answers and takes no writes; null for everything else
public record RedisFault(
        boolean passing,
        ProblemType type,
        String detail,
        @Nullable Refusal refusal) {
    /// Why a server that can be reached takes no writes.
    public enum Refusal {
        /// It has reached its memory limit (`OOM`).
        FULL,
        /// It is a replica (`READONLY`), or has too few of them (`NOREPLICAS`, `min-replicas-to-write`).
        READ_ONLY,
        /// It cannot write to its disk (`MISCONF`).
        DISK
    }

    private static final String CREDENTIALS = "Redis does not accept the storage service's credentials";
    private static final int DEEPEST_CAUSE = 20;

    /// Error codes of Redis that end by themselves: a slot without a primary, a node that starts,
    /// lost its primary, is being resharded, or is busy with a script.
    private static final List<String> PASSING = List.of(
            "UNBLOCKED", "NOSCRIPT", "CLUSTERDOWN", "LOADING", "MASTERDOWN", "TRYAGAIN", "BUSY", "MOVED", "ASK");

    public static RedisFault of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case RedisCommandTimeoutException _, TimeoutException _ ->
                unavailable(true, "Redis did not answer in time");
            case ProblemException problem -> new RedisFault(false, problem.type(), problem.detail(), null);
            case RedisCommandExecutionException answer -> answered(String.valueOf(answer.getMessage()));
            case RedisException refused when refusesCredentials(refused) -> unavailable(true, CREDENTIALS);
            // A lost connection ends what it carried: by a socket's own exception, or by cancelling it.
            case RedisException _, IOException _, CancellationException _ ->
                unavailable(true, "Redis cannot be reached");
            default -> new RedisFault(false, ProblemType.INTERNAL_ERROR, cause.toString(), null);
        };
    }

    /// Whether a connection could not be made for that reason. Passing, since a password that is being changed is
    /// changed here and there one after the other.
    private static boolean refusesCredentials(Throwable failure) {
        return refusesCredentials(failure, DEEPEST_CAUSE);
    }

    private static boolean refusesCredentials(@Nullable Throwable failure, int depth) {
        if (failure == null || depth == 0) {
            return false;
        }
        return (failure instanceof RedisCommandExecutionException answer
                        && isAboutCredentials(String.valueOf(answer.getMessage())))
                || refusesCredentials(failure.getCause(), depth - 1)
                || Stream.of(failure.getSuppressed()).anyMatch(other -> refusesCredentials(other, depth - 1));
    }

    private static boolean isAboutCredentials(String message) {
        return message.startsWith("NOAUTH") || message.startsWith("WRONGPASS") || message.startsWith("NOPERM");
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
                    "Redis has reached its memory limit. Reads go on; delete something or raise the limit.",
                    Refusal.FULL);
        }
        if (isAboutCredentials(message)) {
            return unavailable(false, CREDENTIALS);
        }
        if (message.startsWith("MISCONF")) {
            return refused(false, "Redis cannot write to its disk and takes no writes", Refusal.DISK);
        }
        if (message.startsWith("NOREPLICAS")) {
            return refused(
                    true, "Redis takes no writes while it has fewer replicas than it must have", Refusal.READ_ONLY);
        }
        if (message.startsWith("READONLY")) {
            return refused(true, "The Redis that was asked is a replica and takes no writes", Refusal.READ_ONLY);
        }
        boolean passing = PASSING.stream().anyMatch(message::startsWith);
        return passing
                ? unavailable(true, "Redis is changing over (" + message.split(" ", 2)[0] + ")")
                : new RedisFault(false, ProblemType.INTERNAL_ERROR, "Redis answered: " + message, null);
    }

    private static RedisFault unavailable(boolean passing, String detail) {
        return new RedisFault(passing, ProblemType.STORAGE_UNAVAILABLE, detail + ".", null);
    }

    private static RedisFault refused(boolean passing, String detail, Refusal refusal) {
        return new RedisFault(passing, ProblemType.STORAGE_UNAVAILABLE, detail + ".", refusal);
    }
}
