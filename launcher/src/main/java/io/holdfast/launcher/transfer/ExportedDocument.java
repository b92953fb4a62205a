package io.holdfast.launcher.transfer;

import io.holdfast.launcher.LauncherException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// One item of a listing, `{"id":…,"etag":…,"document":…}`, as a line that can be imported again.
///
/// @param id with quotes and escapes
record ExportedDocument(JsonSpan id, JsonSpan document) {

    static ExportedDocument of(JsonSpan item) {
        List<JsonSpan.Member> members = item.members();
        return new ExportedDocument(member(members, "id"), member(members, "document"));
    }

    private static JsonSpan member(List<JsonSpan.Member> members, String name) {
        return members.stream()
                .filter(member -> member.name().equals(name))
                .map(JsonSpan.Member::value)
                .findFirst()
                .orElseThrow(() -> new LauncherException("The platform sent an item without '" + name + "'."));
    }

    /// The document on one line with its id in it, otherwise exactly as it was stored. Empty for what is
    /// not an object: it has no place for an id.
    Optional<byte[]> line() {
        if (!document.isObject()) {
            return Optional.empty();
        }
        List<JsonSpan.Member> members = document.members();
        Optional<JsonSpan.Member> own =
                members.stream().filter(member -> member.name().equals("id")).findFirst();
        if (own.filter(this::isTheId).isPresent()) {
            return Optional.of(document.onOneLine());
        }
        return Optional.of(withId(members, own));
    }

    private boolean isTheId(JsonSpan.Member own) {
        return own.value().isString() && own.value().string().equals(id.string());
    }

    /// Puts the id in front. A different one of the document's own has to go: an object with two is not
    /// accepted anywhere.
    private byte[] withId(List<JsonSpan.Member> members, Optional<JsonSpan.Member> own) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes("{\"id\":".getBytes(StandardCharsets.US_ASCII));
        line.writeBytes(id.onOneLine());
        int ownStart = own.map(JsonSpan.Member::start).orElse(-1);
        for (JsonSpan.Member member : members) {
            if (member.start() != ownStart) {
                line.write(',');
                line.writeBytes(document.text(member).onOneLine());
            }
        }
        line.write('}');
        return line.toByteArray();
    }
}
