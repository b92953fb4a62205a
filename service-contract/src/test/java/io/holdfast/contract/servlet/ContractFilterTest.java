package io.holdfast.contract.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contract.credential.InternalCredential;
import io.holdfast.contract.request.Deadline;
import io.holdfast.contract.request.RequestId;
import io.holdfast.contract.trace.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.json.JsonMapper;

class ContractFilterTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ContractFilter filter = new ContractFilter(
            new InternalCredential(SECRET),
            new ProblemWriter(new JsonMapper()),
            Tracing.idsOnly(),
            new RequestTimes(meters));
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api");
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void runsAKnownCallersRequestUnderItsIdAndDeadline() throws ServletException, IOException {
        request.addHeader(InternalCredential.HEADER, SECRET);
        request.addHeader(RequestId.HEADER, "r-1");
        request.addHeader(Deadline.HEADER, "120000");
        AtomicReference<String> logged = new AtomicReference<>();
        AtomicReference<Duration> remaining = new AtomicReference<>();
        filter.doFilter(request, response, (_, _) -> {
            logged.set(MDC.get(RequestId.LOG_KEY));
            remaining.set(Deadline.current().remaining());
        });
        assertThat(logged).hasValue("r-1");
        assertThat(remaining.get()).isGreaterThan(Duration.ofSeconds(60));
        assertThat(response.getHeader(RequestId.HEADER)).isEqualTo("r-1");
        assertThat(MDC.get(RequestId.LOG_KEY)).isNull();
    }

    @Test
    void timesRequestsByThePatternOfTheirPath() throws ServletException, IOException {
        request.addHeader(InternalCredential.HEADER, SECRET);
        filter.doFilter(request, response, (served, answer) -> {
            served.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/api/{id}");
            ((HttpServletResponse) answer).setStatus(404);
        });
        assertThat(meters.get("http.server.requests")
                        .tags("method", "GET", "uri", "/api/{id}", "status", "404", "outcome", "CLIENT_ERROR")
                        .timer()
                        .count())
                .isOne();
    }

    @Test
    void timesWhatNoHandlerTookWithoutItsPath() throws ServletException, IOException {
        request.setMethod("BREW");
        filter.doFilter(request, response, (_, _) -> {});
        assertThat(meters.get("http.server.requests")
                        .tags("method", "OTHER", "uri", "UNKNOWN", "status", "401")
                        .timer()
                        .count())
                .isOne();
    }

    @Test
    void runsARequestWithinTheCallersTrace() throws ServletException, IOException {
        request.addHeader(InternalCredential.HEADER, SECRET);
        request.addHeader("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        filter.doFilter(request, response, (served, _) -> {
            SpanContext span = Span.current().getSpanContext();
            assertThat(span.getTraceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(MDC.get("traceId")).isEqualTo(span.getTraceId());
            assertThat(MDC.get("spanId")).isEqualTo(span.getSpanId()).isNotEqualTo("00f067aa0ba902b7");
            assertThat(RequestSpan.of(served).getSpanContext()).isEqualTo(span);
        });
        assertThat(MDC.get("traceId")).isNull();
        assertThat(MDC.get("spanId")).isNull();
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0123456789abcdef0123456789abcdeF"})
    void turnsStrangersAway(String credential) throws ServletException, IOException {
        request.addHeader(InternalCredential.HEADER, credential);
        filter.doFilter(request, response, mustNotBeReached());
        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getContentAsString()).contains("urn:holdfast:problem:unauthenticated");
        assertThat(response.getHeader(RequestId.HEADER)).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz"})
    void leavesProbesAlone(String path) throws ServletException, IOException {
        MockHttpServletRequest probe = new MockHttpServletRequest("GET", path);
        filter.doFilter(probe, response, (_, answer) -> ((MockHttpServletResponse) answer).setStatus(204));
        assertThat(response.getStatus()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez/x", "/readyz/", "/livez;x", "//livez", "/x/../livez", "/"})
    void knowsProbesExactly(String path) throws ServletException, IOException {
        filter.doFilter(new MockHttpServletRequest("GET", path), response, mustNotBeReached());
        assertThat(response.getStatus()).isEqualTo(401);
    }

    @Test
    void passesFailuresOn() {
        request.addHeader(InternalCredential.HEADER, SECRET);
        assertThatThrownBy(() -> filter.doFilter(request, response, (_, _) -> {
                    throw new IOException("gone");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
        assertThat(MDC.get(RequestId.LOG_KEY)).isNull();
    }

    private static FilterChain mustNotBeReached() {
        return (_, _) -> {
            throw new AssertionError("reached");
        };
    }
}
