package io.holdfast.gateway.balancing;

import io.holdfast.balancing.spring.TransportFailure;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;

/// What a client is told when no attempt is left.
final class Problems {
    private Problems() {}

    static ProblemException of(TransportFailure failure, String service, Deadline deadline) {
        if (failure.why().equals(TransportFailure.NO_CONNECTION_FREE)) {
            return new ProblemException(ProblemType.OVERLOADED, "Too many requests are under way. Try again shortly.");
        }
        if (failure.kind().nothingSent()) {
            return unavailable(service);
        }
        return deadline.passed()
                ? new ProblemException(
                        ProblemType.DEADLINE_EXCEEDED,
                        "The request was not answered within its time. It may have been applied;"
                                + " repeat it if it is safe to.")
                : new ProblemException(
                        ProblemType.BAD_GATEWAY,
                        "The service did not give a whole answer. The request may have been applied;"
                                + " repeat it if it is safe to.");
    }

    static ProblemException unavailable(String service) {
        return new ProblemException(
                ProblemType.SERVICE_UNAVAILABLE,
                "No instance of %s can be reached. Try again shortly.".formatted(service));
    }

    static ProblemException tooSlow() {
        return new ProblemException(
                ProblemType.REQUEST_TIMEOUT, "The request body did not arrive in time. Send it again, whole.");
    }
}
