package io.holdfast.contract.servlet;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/// Turns what ends a request early into a problem detail: our own problems as they are, the
/// framework's with a stable type, and anything else as one that names nothing internal and is logged.
@RestControllerAdvice
public class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> problem(ProblemException problem, HttpServletResponse response) {
        begin(problem, response);
        return answer(problem);
    }

    /// The caller is gone: there is nobody to answer.
    @Override
    protected @Nullable ResponseEntity<Object> handleAsyncRequestNotUsableException(
            AsyncRequestNotUsableException e, WebRequest request) {
        log.debug("The caller left before {} was answered", request.getDescription(false), e);
        return null;
    }

    /// The body stopped coming, or came in pieces that make no body.
    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(IOException e, HttpServletResponse response) throws IOException {
        begin(e, response);
        log.debug("A body could not be read", e);
        return answer(
                isTimeout(e)
                        ? new ProblemException(
                                ProblemType.REQUEST_TIMEOUT, "The request body stopped coming. Send it without pauses.")
                        : new ProblemException(
                                ProblemType.MALFORMED_REQUEST,
                                "The request body ended before it was complete. Send it whole."));
    }

    private static boolean isTimeout(IOException e) {
        return e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unexpected(Exception e, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        begin(e, response);
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return answer(new ProblemException(
                ProblemType.INTERNAL_ERROR,
                "The request could not be served. The service's log says why, under this answer's request id."));
    }

    /// Makes way for a problem, or passes the failure on where part of another answer has been sent;
    /// see [BegunAnswers].
    private static <X extends Exception> void begin(X failure, HttpServletResponse response) throws X {
        if (response.isCommitted()) {
            throw failure;
        }
        response.resetBuffer();
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemException problem) {
        return ResponseEntity.status(problem.getStatusCode())
                .headers(problem.getHeaders())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem.getBody());
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemType type = typeOf(status);
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemException.problem(type, detail(e, type)));
    }

    private static ProblemType typeOf(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> ProblemType.NOT_FOUND;
            case 405 -> ProblemType.METHOD_NOT_ALLOWED;
            case 406 -> ProblemType.NOT_ACCEPTABLE;
            case 413 -> ProblemType.BODY_TOO_LARGE;
            case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
            case 503 -> ProblemType.SERVICE_UNAVAILABLE;
            default -> status.is4xxClientError() ? ProblemType.MALFORMED_REQUEST : ProblemType.INTERNAL_ERROR;
        };
    }

    private static String detail(Exception e, ProblemType type) {
        return switch (e) {
            case HttpRequestMethodNotSupportedException method ->
                "%s is not allowed here; allowed: %s."
                        .formatted(method.getMethod(), listed(method.getSupportedHttpMethods()));
            case HttpMediaTypeNotSupportedException media ->
                "The content type %s is not supported here; supported: %s."
                        .formatted(media.getContentType() == null ? "(none)" : media.getContentType(), listed(media));
            case HttpMediaTypeNotAcceptableException media ->
                "None of the accepted types can be given; available: %s.".formatted(listed(media));
            case NoResourceFoundException _, NoHandlerFoundException _ ->
                "There is nothing at this address. A slash within a name or an id is written as %2F.";
            case org.springframework.web.ErrorResponse response
            when response.getBody().getDetail() != null ->
                String.valueOf(response.getBody().getDetail());
            default -> type.title() + ".";
        };
    }

    private static String listed(HttpMediaTypeException e) {
        List<MediaType> types = e.getSupportedMediaTypes();
        return types.isEmpty() ? "see the API's description" : MediaType.toString(types);
    }

    private static String listed(@Nullable Iterable<?> values) {
        StringBuilder list = new StringBuilder();
        if (values != null) {
            values.forEach(value -> list.append(list.isEmpty() ? "" : ", ").append(value));
        }
        return list.toString();
    }
}
