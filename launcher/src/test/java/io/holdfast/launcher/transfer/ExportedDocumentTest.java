package io.holdfast.launcher.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.launcher.LauncherException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExportedDocumentTest {
    @Test
    void leavesADocumentWithItsIdAsItIs() {
        String document =
                "{ \"name\" : \"\\u00e9 {\\\"\" ,\t\"id\":\"a\\/b\", \"n\":1.0000000000000000000000000000001e400, \"x\":[{}] }";
        assertThat(line("a/b", document)).contains(document);
    }

    @Test
    void putsAMissingIdInFront() {
        assertThat(line("a\\\"b", "{\"name\":\"Ada\"}")).contains("{\"id\":\"a\\\"b\",\"name\":\"Ada\"}");
        assertThat(line("a", "{ }")).contains("{\"id\":\"a\"}");
        assertThat(line("a", "{\"inner\":{\"id\":\"a\"}}")).contains("{\"id\":\"a\",\"inner\":{\"id\":\"a\"}}");
    }

    @Test
    void replacesAnIdThatIsAnother() {
        assertThat(line("a", "{\"x\":1,\"id\":7,\"y\":2}")).contains("{\"id\":\"a\",\"x\":1,\"y\":2}");
        assertThat(line("a", "{\"id\":\"b\"}")).contains("{\"id\":\"a\"}");
    }

    @Test
    void putsOnOneLineWhatIsSpreadOverSeveral() {
        assertThat(line(
                        "a",
                        "{\r\n  \"id\": \"a\",\n\n  \"text\": \"two  \\n words\",\n  \"list\": [\n    1,\n    2 ]\n}"))
                .contains("{\"id\": \"a\",\"text\": \"two  \\n words\",\"list\": [1,2 ]}");
    }

    @Test
    void leavesOutWhatIsNoObject() {
        assertThat(line("a", "[1]")).isEmpty();
        assertThat(line("a", "-1.5e3")).isEmpty();
        assertThat(line("a", "null")).isEmpty();
        assertThat(line("a", "\"text\"")).isEmpty();
    }

    @Test
    void readsItemsAcrossLinesAndRefusesAnUnfinishedOne() throws IOException {
        JsonObjects items = items("{\"a\":\"}\\\"\"}\n\n{\n\"b\":[{}]\n}{\"c\":");
        assertThat(items.next().map(JsonSpan::toString)).contains("{\"a\":\"}\\\"\"}");
        assertThat(items.next().map(JsonSpan::toString)).contains("{\n\"b\":[{}]\n}");
        assertThatThrownBy(items::next).isInstanceOf(EOFException.class);
        assertThat(items(" \n").next()).isEmpty();
    }

    @Test
    void refusesWhatIsNoStreamOfDocuments() {
        assertThatThrownBy(() -> items("<html>").next()).isInstanceOf(LauncherException.class);
        assertThatThrownBy(() -> line("a", "{\"x\" 1}")).isInstanceOf(LauncherException.class);
    }

    private static Optional<String> line(String id, String document) {
        byte[] item = ("{\"id\":\"" + id + "\", \"etag\":\"\\\"1\\\"\", \"document\":" + document + "}")
                .getBytes(StandardCharsets.UTF_8);
        return ExportedDocument.of(new JsonSpan(item, 0, item.length))
                .line()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static JsonObjects items(String text) {
        return new JsonObjects(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
