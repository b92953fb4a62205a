package io.holdfast.gateway.authentication;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The keys that open the API.
 *
 * @param apiKeys the keys by the name of their holder: 1 to 64 letters, digits, or {@code ._-}
 */
@Validated
@ConfigurationProperties("holdfast.gateway")
public record ApiKeysProperties(
        @NotEmpty(
                message = "No API key is configured, so nobody could call the gateway."
                        + " Set holdfast.gateway.api-keys.<name>.sha256 to the SHA-256 of a key, in hexadecimal.")
        @DefaultValue
        Map<
                        @Pattern(
                                regexp = "[A-Za-z0-9._-]{1,64}",
                                message = "The name of an API key must be 1 to 64 letters, digits, or . _ -")
                        String,
                        @Valid ApiKey>
                apiKeys) {
    /**
     * One key. Only its hash is configured, so that who reads the configuration cannot use the key.
     *
     * @param sha256 SHA-256 of the key's UTF-8 text, 64 hexadecimal digits
     * @param permissions what it allows: read, write, or both
     */
    public record ApiKey(
            @NotNull(message = "Every API key needs the property sha256")
            @Pattern(regexp = "[0-9a-fA-F]{64}", message = "sha256 must be 64 hexadecimal digits")
            String sha256,

            @NotEmpty(message = "An API key without permissions is useless; remove it") @DefaultValue({"read", "write"})
            Set<Permission> permissions) {}
}
