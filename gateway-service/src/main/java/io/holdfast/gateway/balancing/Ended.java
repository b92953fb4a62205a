package io.holdfast.gateway.balancing;

import io.holdfast.balancing.Attempt;
import io.holdfast.balancing.Failure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/// An attempt that came to the head of an answer, or to an error.
record Ended(Attempt attempt, AttemptExchange own, @Nullable Throwable error) {
    /// What the answer's status says of the instance; empty where there is none to blame.
    Optional<Failure> failure() {
        HttpStatusCode status = own.getResponse().getStatusCode();
        return status == null ? Optional.empty() : Failure.of(status.value());
    }

    /// Whether nobody else needs to be asked.
    boolean well() {
        return error == null && failure().isEmpty();
    }
}
