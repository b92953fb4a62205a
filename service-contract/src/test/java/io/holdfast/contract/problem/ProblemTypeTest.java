package io.holdfast.contract.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class ProblemTypeTest {
    @Test
    void urisAreStable() {
        assertThat(ProblemType.DOCUMENT_NOT_FOUND.uri()).hasToString("urn:holdfast:problem:document-not-found");
        assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::uri)).doesNotHaveDuplicates();
    }

    @Test
    void statusesAreErrors() {
        assertThat(ProblemType.values())
                .allMatch(type -> HttpStatus.valueOf(type.status()).isError());
    }

    @Test
    void whatPassesSaysWhenToComeBack() {
        for (ProblemType type : ProblemType.values()) {
            ProblemException problem = new ProblemException(type, "detail");
            assertThat(problem.getHeaders().containsHeader("Retry-After")).isEqualTo(type.retriable());
        }
        assertThat(ProblemType.OVERLOADED.retriable()).isTrue();
        assertThat(ProblemType.STORAGE_FULL.retriable()).isFalse();
    }

    @Test
    void carriesMembersAndHeaders() {
        ProblemException problem = new ProblemException(ProblemType.PRECONDITION_FAILED, "detail")
                .with("etag", "\"1\"")
                .withHeader("ETag", "\"1\"");
        assertThat(problem.getBody().getProperties()).containsEntry("etag", "\"1\"");
        assertThat(problem.getHeaders().getETag()).isEqualTo("\"1\"");
        assertThat(problem.getBody().getStatus()).isEqualTo(412);
        assertThat(problem.detail()).isEqualTo("detail");
        assertThat(problem.getStackTrace()).isEmpty();
    }
}
