package io.holdfast.app.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.request.Deadline;
import io.holdfast.contract.servlet.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

class AdmissionTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void memoryIsGivenUntilItIsUsedUpAndGivenBack() {
        MemoryBudget memory = new MemoryBudget(DataSize.ofMegabytes(1));
        MemoryBudget.Lease large = memory.reserve(900_000);
        assertThat(memory.tryReserve(900_000)).isNull();
        assertThatThrownBy(() -> Deadline.in(SHORT).call(() -> memory.reserve(900_000)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Too many large documents");
        large.close();
        large.close();
        assertThat(memory.freeBytes()).isEqualTo(1024 * 1024);
    }

    @Test
    void smallDocumentsAreNotCountedAndTheLargestAlwaysFits() {
        MemoryBudget memory = new MemoryBudget(DataSize.ofMegabytes(1));
        try (MemoryBudget.Lease _ = memory.reserve(DataSize.ofGigabytes(1).toBytes())) {
            assertThat(memory.freeBytes()).isZero();
            assertThat(memory.tryReserve(MemoryBudget.UNCOUNTED)).isNotNull();
        }
    }

    @Test
    void streamsOfOneKindDoNotTakeTheTurnsOfTheOther() {
        Streams streams = new Streams(1, 1);
        Streams.Turn transfer = streams.enter(Streams.Kind.TRANSFER);
        streams.enter(Streams.Kind.LISTING).close();
        assertThatThrownBy(() -> Deadline.in(SHORT).call(() -> streams.enter(Streams.Kind.TRANSFER)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("listings and imports");
        transfer.close();
        streams.enter(Streams.Kind.TRANSFER).close();
        assertThat(streams.free(Streams.Kind.TRANSFER)).isEqualTo(1);
    }

    @Test
    void oneRequestTooManyIsTurnedAwayAtOnce() throws ServletException, IOException {
        AdmissionFilter filter = new AdmissionFilter(1, new ProblemWriter(new JsonMapper()));
        MockHttpServletResponse inner = new MockHttpServletResponse();
        MockHttpServletResponse probe = new MockHttpServletResponse();
        FilterChain nothing = (_, _) -> {};
        filter.doFilter(request("/api"), new MockHttpServletResponse(), (_, _) -> {
            filter.doFilter(request("/api"), inner, nothing);
            filter.doFilter(request("/readyz"), probe, nothing);
        });
        assertThat(inner.getStatus()).isEqualTo(503);
        assertThat(inner.getContentAsString()).contains("urn:holdfast:problem:overloaded");
        assertThat(inner.getHeader("Retry-After")).isEqualTo("1");
        assertThat(probe.getStatus()).isEqualTo(200);
        assertThat(filter.free()).isEqualTo(1);
    }

    private static MockHttpServletRequest request(String path) {
        return new MockHttpServletRequest("GET", path);
    }
}
