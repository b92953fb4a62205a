package io.holdfast.contract.credential;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class InternalCredentialTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdéf";

    private final InternalCredential credential = new InternalCredential(SECRET);

    @Test
    void matchesOnlyItself() {
        assertThat(credential.matches(SECRET)).isTrue();
        assertThat(credential.matches(null)).isFalse();
        assertThat(credential.matches("")).isFalse();
        assertThat(credential.matches(SECRET + "x")).isFalse();
        assertThat(credential.matches(SECRET.toUpperCase(Locale.ROOT))).isFalse();
    }

    @Test
    void showsNoSecret() {
        assertThat(credential.toString()).doesNotContain("0123");
    }

    @Test
    void bindsFromItsProperty() {
        Binder binder = new Binder(new MapConfigurationPropertySource(Map.of("holdfast.internal.credential", SECRET)));
        assertThat(binder.bind("holdfast.internal", InternalCredential.class).get())
                .isEqualTo(credential);
    }

    @Test
    void mustBeLong() {
        try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
            Validator validator = factory.getValidator();
            assertThat(validator.validate(credential)).isEmpty();
            assertThat(validator.validate(new InternalCredential("short"))).isNotEmpty();
            assertThat(validator.validate(new InternalCredential(" ".repeat(40))))
                    .isNotEmpty();
            assertThat(validator.validate(new InternalCredential("x".repeat(513))))
                    .isNotEmpty();
        }
    }
}
