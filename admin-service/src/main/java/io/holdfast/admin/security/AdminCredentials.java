package io.holdfast.admin.security;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may look.
 *
 * @param user the name to log in with
 * @param password the password, of 16 characters or more; there is none by default, and no start without
 */
@Validated
@ConfigurationProperties("holdfast.admin.login")
record AdminCredentials(
        @DefaultValue("admin") @Size(min = 1, max = 64) String user,
        @NotNull @Size(min = 16, max = 256) String password) {
    /// Without the password.
    @Override
    public String toString() {
        return "AdminCredentials[user=" + user + "]";
    }
}
