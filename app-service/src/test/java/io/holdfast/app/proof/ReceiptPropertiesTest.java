package io.holdfast.app.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.app.testing.Bound;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReceiptPropertiesTest {
    @Test
    void sealsWithTheCredentialUnlessTold() {
        assertThat(Bound.to(ReceiptProperties.class, "holdfast.receipts", Map.of()))
                .isEqualTo(new ReceiptProperties(null, 1_000));
    }

    @Test
    void bindsEveryProperty() {
        String secret = "a secret of thirty-two characters";
        ReceiptProperties properties = Bound.to(
                ReceiptProperties.class,
                "holdfast.receipts",
                Map.of("holdfast.receipts.secret", secret, "holdfast.receipts.max-receipts", "7"));

        assertThat(properties).isEqualTo(new ReceiptProperties(secret, 7));
        assertThat(properties.toString()).doesNotContain(secret);
    }
}
