package io.holdfast.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.Sha256;
import io.holdfast.gateway.authentication.ApiKeysProperties.ApiKey;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

class ApiKeysTest {
    private final ApiKeys keys = new ApiKeys(Map.of(
            "ann", new ApiKey(Sha256.of("key of ann"), Set.of(Permission.READ)),
            "bob", new ApiKey(Sha256.of("ключ").toUpperCase(Locale.ROOT), Set.of(Permission.WRITE))));

    @Test
    void knowsWhoseKeyItIs() {
        assertThat(keys.callerWith("key of ann")).isEqualTo(new Caller("ann", Set.of(Permission.READ)));
        assertThat(keys.callerWith("ключ")).isEqualTo(new Caller("bob", Set.of(Permission.WRITE)));
    }

    @Test
    void knowsNobodyElse() {
        assertThat(keys.callerWith("")).isNull();
        assertThat(keys.callerWith("key of ann ")).isNull();
        assertThat(keys.callerWith(Sha256.of("key of ann"))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/x, READ",
        "HEAD, /api/v1/x, READ",
        "OPTIONS, /api/v1/x, READ",
        "POST, /api/v1/collections/c/documents:get, READ",
        "POST, /api/v1/receipts:verify, READ",
        "GET, /api/v1/failovers, READ",
        "PUT, /api/v1/collections/c/documents:get, WRITE",
        "POST, /api/v1/collections/c/documents:bulk, WRITE",
        "POST, /api/v1/collections/c/documents, WRITE",
        "DELETE, /api/v1/x, WRITE",
        "PURGE, /api/v1/x, WRITE",
    })
    void tellsReadsFromWrites(String method, String path, Permission needed) {
        assertThat(Permission.neededFor(HttpMethod.valueOf(method), path)).isEqualTo(needed);
    }
}
