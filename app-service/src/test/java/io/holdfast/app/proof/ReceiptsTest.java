package io.holdfast.app.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Origin;
import io.holdfast.storage.api.Reached;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private final Receipts receipts = new Receipts(SECRET);

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatIsIssuedIsUnderstood(Durability level) {
        Receipt receipt = new Receipt(new Origin(1023, Long.MIN_VALUE + 5), 1L << 52, new Reached(level, 2));

        String text = receipts.issue(receipt);

        assertThat(text).hasSize(Receipts.LENGTH).matches("[A-Za-z0-9_-]+");
        assertThat(new Receipts(SECRET).open(text)).isEqualTo(receipt);
    }

    @Test
    void noOtherReceiptIsAccepted() {
        String text = receipts.issue(new Receipt(new Origin(7, 8), 9, Reached.MEMORY));
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'A' ? 'Q' : 'A';
            String changed = text.substring(0, i) + other + text.substring(i + 1);
            assertThat(receipts.open(changed)).as(changed).isNull();
        }
        assertThat(new Receipts("another secret of thirty-two chars").open(text))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "AQIBAAcRIjNEVWZ3iAAGRWYB0HoBm2fE0V5rGk8qPz3dYw7jT!", "🟦"})
    void whatIsNoReceiptIsNone(String text) {
        assertThat(receipts.open(text)).isNull();
    }
}
