package io.holdfast.gateway.connection;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.trace.AccessLog;
import io.holdfast.contract.trace.LogContext;
import io.holdfast.contract.trace.Tracing;
import io.holdfast.gateway.problem.ProblemJson;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/// What every guarded connection is held to, and what they share. Thread-safe.
final class Rules {
    private final ConnectionLimits limits;
    private final Allowance.Table allowances;
    private final Admission connections;
    private final Admission requests;
    private final RequestTimes times;
    private final ProblemJson json;
    private final Tracing tracing;

    Rules(ConnectionLimits limits, RequestTimes times, ProblemJson json, Tracing tracing) {
        this.limits = limits;
        this.allowances = Allowance.Table.of(limits);
        this.connections = new Admission(limits.connections());
        this.requests = new Admission(limits.requests());
        this.times = times;
        this.json = json;
        this.tracing = tracing;
    }

    ConnectionLimits limits() {
        return limits;
    }

    Admission connections() {
        return connections;
    }

    Admission requests() {
        return requests;
    }

    ProblemJson json() {
        return json;
    }

    /// Begins a request's part of its trace. Probes have none.
    void trace(HttpRequest message, ClientRequest request) {
        if (!Probes.contains(request.target())) {
            String name = request.method() + " " + RequestTimes.area(request.target());
            request.trace(tracing.serve(name, message.headers(), HeaderGetter.INSTANCE));
        }
    }

    /// Lets a request in, or throws the problem that is wrong with it.
    void admit(HttpRequest message, ClientRequest request) {
        RequestHead.check(message);
        Allowance allowance = allowances.of(message);
        request.allow(allowance);
        if (request.bodyPending()
                && HttpUtil.getContentLength(message, 0L) > allowance.bodySize().toBytes()) {
            throw bodyTooLarge(allowance.bodySize());
        }
        if (!Probes.contains(message.uri())) {
            if (!requests.enter()) {
                throw overloaded("requests are under way", requests);
            }
            request.admit();
        }
    }

    void finish(ClientRequest request) {
        request.end();
        if (!request.stays()) {
            leave(request);
        }
    }

    /// The request became a connection that stays. It is no longer one of those under way, and its time
    /// is that to the head of its answer.
    void stays(ClientRequest request) {
        request.stay();
        leave(request);
    }

    private void leave(ClientRequest request) {
        if (request.admitted()) {
            requests.leave();
        }
        times.record(request.method(), request.target(), request.status(), request.elapsedNanos());
        Tracing.end(request.span(), request.status());
        if (AccessLog.on()) {
            log(request);
        }
    }

    private static void log(ClientRequest request) {
        try (LogContext _ = request.logContext()) {
            AccessLog.answered(request.method().name(), request.target(), request.status(), request.elapsedNanos());
        }
    }

    ProblemException tooManyConnections() {
        return overloaded("connections are open", connections);
    }

    private static ProblemException overloaded(String what, Admission admission) {
        return new ProblemException(
                ProblemType.OVERLOADED,
                "%d %s, which is the most there may be. Try again in a moment.".formatted(admission.limit(), what));
    }

    ProblemException bodyTooLarge(ClientRequest request) {
        return bodyTooLarge(request.allowance().bodySize());
    }

    private static ProblemException bodyTooLarge(DataSize limit) {
        return new ProblemException(
                        ProblemType.BODY_TOO_LARGE,
                        "The body is larger than %d bytes, the limit for this request. Send less at a time."
                                .formatted(limit.toBytes()))
                .with("limit", limit.toBytes());
    }

    /// The problem of what was not there in time: a head, a body, or an answer.
    ProblemException expired(ProblemType type, @Nullable ClientRequest request) {
        if (request == null) {
            return new ProblemException(
                    type,
                    "The request head was not complete within %d ms."
                            .formatted(limits.headTime().toMillis()));
        }
        return type == ProblemType.REQUEST_TIMEOUT
                ? new ProblemException(
                        type,
                        "No byte of the request body arrived for %d ms."
                                .formatted(limits.bodyQuietTime().toMillis()))
                : new ProblemException(
                        type,
                        "The request was not finished within %d ms. It may have been applied; repeat it if it is safe to."
                                .formatted(request.allowance().time().toMillis()));
    }
}
