package io.holdfast.storage.api.client;

import io.holdfast.balancing.Failure;
import io.holdfast.balancing.spring.TransportFailure;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.wire.MalformedMessageException;
import io.holdfast.storage.api.wire.OutcomeCodec;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Judges what storage services reply. Thread-safe.
final class ReplyReader {
    private static final Logger log = LoggerFactory.getLogger(ReplyReader.class);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final AtomicBoolean credentialRefused = new AtomicBoolean();

    Verdict read(Reply reply, List<? extends Operation<?>> operations) {
        return switch (reply) {
            case Reply.Answer(int status, byte[] body) when status == OK -> outcomes(body, operations);
            case Reply.Answer(int status, byte[] _) when status == UNAUTHORIZED -> credentialRefused();
            case Reply.Answer(int status, byte[] body) -> refusal(status, body);
            case Reply.TooLarge _ ->
                new Verdict.Final(unusable(
                        "is larger than holdfast.storage-client.max-answer-size allows. " + "Ask for less at once."));
            case Reply.Failed(TransportFailure failure) ->
                new Verdict.Retriable(failure.kind(), failure.why(), problemOf(failure));
        };
    }

    private Verdict outcomes(byte[] body, List<? extends Operation<?>> operations) {
        credentialRefused.set(false);
        try {
            List<Outcome> outcomes = OutcomeCodec.decode(body);
            if (Answers.fit(outcomes, operations)) {
                return new Verdict.Done(outcomes);
            }
        } catch (MalformedMessageException e) {
            log.debug("A storage service's answer cannot be read", e);
        }
        return new Verdict.Retriable(
                Failure.UNANSWERED, "unusable answer", unusable("makes no sense. Its versions may not go together."));
    }

    /// Told to the log once, until a call succeeds: it is a mistake in the configuration.
    private Verdict credentialRefused() {
        if (credentialRefused.compareAndSet(false, true)) {
            log.error("The storage service refuses this service's credential."
                    + " Give holdfast.internal.credential the same value in all services");
        }
        return new Verdict.Final(
                unusable("refuses the platform's own credential. Its configuration has to be mended."));
    }

    private static Verdict refusal(int status, byte[] body) {
        ProblemException problem = StorageProblem.read(status, body);
        return Failure.refuses(status)
                ? new Verdict.Retriable(Failure.REFUSED, "answered " + status, problem)
                : new Verdict.Final(problem);
    }

    private static ProblemException problemOf(TransportFailure failure) {
        if (failure.why().equals(TransportFailure.NO_CONNECTION_FREE)) {
            return new ProblemException(
                    ProblemType.OVERLOADED, "Too many calls to the storage are under way. Try again shortly.");
        }
        return new ProblemException(
                ProblemType.STORAGE_UNAVAILABLE,
                failure.kind().nothingSent()
                        ? "No storage service can be reached. Try again shortly."
                        : "The storage services do not answer. A write may have been applied; it is safe to repeat.");
    }

    private static ProblemException unusable(String what) {
        return new ProblemException(ProblemType.BAD_GATEWAY, "The storage service's answer " + what);
    }
}
