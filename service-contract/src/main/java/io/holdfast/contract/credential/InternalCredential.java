package io.holdfast.contract.credential;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The secret that the platform's services share. A service answers only callers that show it, so that nobody can go
 * around the gateway.
 *
 * @param credential the secret, 32 to 512 characters, the same in all services; it has no default
 */
@Validated
@ConfigurationProperties("holdfast.internal")
public record InternalCredential(
        @NotBlank @Size(min = 32, max = 512) String credential) {
    /// The request header it travels in. The gateway removes it from what clients send.
    public static final String HEADER = "Holdfast-Internal-Credential";

    /// Compares in a time that does not depend on where the two differ.
    public boolean matches(@Nullable String shown) {
        return shown != null
                && MessageDigest.isEqual(
                        credential.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    /// Names no secret.
    @Override
    public String toString() {
        return "InternalCredential[hidden]";
    }
}
