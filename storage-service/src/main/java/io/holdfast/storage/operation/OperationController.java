package io.holdfast.storage.operation;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.wire.CallContract;
import io.holdfast.storage.api.wire.MalformedMessageException;
import io.holdfast.storage.api.wire.OperationCodec;
import io.holdfast.storage.api.wire.OutcomeCodec;
import io.holdfast.storage.redis.Repeats;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// `POST /storage/v1/operations`: operations in CBOR, answered with their outcomes in CBOR. The
/// answer is 200 whatever the outcomes are; problems are about the call as a whole.
@RestController
final class OperationController {
    private final OperationExecutor executor;
    private final Admission admission;
    private final OperationProperties properties;

    OperationController(OperationExecutor executor, Admission admission, OperationProperties properties) {
        this.executor = executor;
        this.admission = admission;
        this.properties = properties;
    }

    @PostMapping(path = CallContract.PATH, consumes = MediaType.APPLICATION_CBOR_VALUE)
    void execute(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long length = length(request);
        Deadline deadline = Deadline.current();
        byte[] answer;
        try (Admission.Ticket _ = admission.admit(length, deadline)) {
            byte[] message = request.getInputStream().readNBytes((int) length);
            if (message.length < length) {
                throw new ProblemException(
                        ProblemType.MALFORMED_REQUEST,
                        "The body ended after %,d of %,d bytes.".formatted(message.length, length));
            }
            answer = OutcomeCodec.encode(executor.execute(decode(message), deadline, repeats(request)));
        }
        response.setContentType(MediaType.APPLICATION_CBOR_VALUE);
        response.setContentLength(answer.length);
        response.getOutputStream().write(answer);
    }

    private static Repeats repeats(HttpServletRequest request) {
        return "true".equals(request.getHeader(CallContract.BATCH_HEADER)) ? Repeats.NONE : Repeats.UNTIL_DEADLINE;
    }

    private long length(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        long most = properties.maxCallSize().toBytes();
        if (length < 0) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The call needs a Content-Length.");
        }
        if (length > most) {
            throw new ProblemException(
                    ProblemType.BODY_TOO_LARGE,
                    "The call has %,d bytes; at most %,d are allowed.".formatted(length, most));
        }
        return length;
    }

    private static List<Operation<?>> decode(byte[] message) {
        try {
            return OperationCodec.decode(message);
        } catch (MalformedMessageException e) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST, "The body is no list of operations: " + e.getMessage() + ".");
        }
    }
}
