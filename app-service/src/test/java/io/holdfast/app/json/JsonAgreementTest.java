package io.holdfast.app.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// The reader beside another parser.
class JsonAgreementTest {
    private static final int DEEPEST = 500;

    /// Changes bytes of a document, many times, and compares with Jackson's parser of characters,
    /// which has code of its own.
    @Test
    void agreesWithAnotherParser() {
        byte[] json = "{\"a\":[1,-2.5e3,true,null,\"x\\n\\u00e9\"],\"b\":{\"c\":{}},\"d\":\"é\"}"
                .getBytes(StandardCharsets.UTF_8);
        byte[] interesting = "{}[]\",:0129.-+eEtrufalsn\\/ \n\ta".getBytes(StandardCharsets.UTF_8);
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = json.clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                changed[random.nextInt(changed.length)] = interesting[random.nextInt(interesting.length)];
            }
            assertThat(isAccepted(changed))
                    .as(new String(changed, StandardCharsets.UTF_8))
                    .isEqualTo(isAcceptedByJackson(changed));
        }
    }

    private static boolean isAccepted(byte[] json) {
        try {
            JsonReader.check(json, DEEPEST);
            return true;
        } catch (MalformedJsonException e) {
            return false;
        }
    }

    private static boolean isAcceptedByJackson(byte[] json) {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        String text = new String(json, StandardCharsets.UTF_8);
        if (text.contains("\uFFFD")) {
            return false;
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
            int values = 0;
            while (parser.nextToken() != null) {
                values += parser.streamReadContext().inRoot() ? 1 : 0;
            }
            // The end of the object alone: Jackson reads several values one behind the other.
            return values == 1;
        } catch (JacksonException e) {
            return false;
        }
    }
}
