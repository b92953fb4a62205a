package io.holdfast.app.json;

import io.holdfast.app.json.JsonReader.Token;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSON merge patch (RFC 7396) that works on text: what it does not name stays in the document
/// byte for byte, so that no number loses a digit. The document is read once, whatever the patch;
/// members keep their place, new ones come last. Thread-safe.
public final class MergePatch {
    private final byte[] patch;
    private final int deepest;
    private final Change root;

    /// What the patch says about one value.
    private sealed interface Change {
        /// Takes the text of the patch between two indices.
        record Replace(int from, int to) implements Change {}

        /// Removes the member.
        record Remove() implements Change {}

        /// Changes members of an object, by name.
        record Merge(Map<String, Member> members) implements Change {}
    }

    /// @param nameFrom where the member's name begins in the patch
    private record Member(int nameFrom, int nameTo, Change change) {}

    private MergePatch(byte[] patch, int deepest) {
        this.patch = patch;
        this.deepest = deepest;
        JsonReader in = new JsonReader(patch, deepest);
        this.root = change(in, in.next());
        in.next();
    }

    /// @param deepest how many containers may stand in each other, in the patch and in documents
    /// @throws MalformedJsonException where the text is no JSON
    public static MergePatch parse(byte[] patch, int deepest) {
        return new MergePatch(patch, deepest);
    }

    private static Change change(JsonReader in, Token first) {
        if (first == Token.BEGIN_OBJECT) {
            return new Change.Merge(members(in));
        }
        int from = in.start();
        in.skip(first);
        return new Change.Replace(from, in.end());
    }

    private static Map<String, Member> members(JsonReader in) {
        Map<String, Member> members = new LinkedHashMap<>();
        while (in.next() == Token.NAME) {
            String name = in.string();
            int from = in.start();
            int to = in.end();
            Token first = in.next();
            Change change = first == Token.NULL ? new Change.Remove() : change(in, first);
            members.put(name, new Member(from, to, change));
        }
        return members;
    }

    /// The document with the patch applied.
    ///
    /// @throws MalformedJsonException where the document is no JSON
    public byte[] applyTo(byte[] document) {
        JsonReader in = new JsonReader(document, deepest);
        ByteArrayOutputStream out = new ByteArrayOutputStream(document.length + patch.length);
        apply(root, document, in, in.next(), out);
        in.next();
        return out.toByteArray();
    }

    private void apply(Change change, byte[] document, JsonReader in, Token first, ByteArrayOutputStream out) {
        if (change instanceof Change.Merge(Map<String, Member> members) && first == Token.BEGIN_OBJECT) {
            merge(members, document, in, out);
        } else {
            in.skip(first);
            write(change, out);
        }
    }

    private void merge(Map<String, Member> members, byte[] document, JsonReader in, ByteArrayOutputStream out) {
        Members written = new Members(out);
        Set<String> met = new HashSet<>();
        while (in.next() == Token.NAME) {
            int from = in.start();
            String name = in.string();
            @Nullable Member member = members.get(name);
            if (member == null) {
                in.skip(in.next());
                written.separate();
                out.write(document, from, in.end() - from);
            } else {
                met.add(name);
                change(member, document, from, in, written);
            }
        }
        members.forEach((name, member) -> {
            if (!met.contains(name)) {
                add(member, written);
            }
        });
        written.close();
    }

    private void change(Member member, byte[] document, int nameFrom, JsonReader in, Members written) {
        int nameTo = in.end();
        Token first = in.next();
        if (member.change() instanceof Change.Remove) {
            in.skip(first);
            return;
        }
        written.separate();
        written.out().write(document, nameFrom, nameTo - nameFrom);
        written.out().write(':');
        apply(member.change(), document, in, first, written.out());
    }

    private void add(Member member, Members written) {
        if (!(member.change() instanceof Change.Remove)) {
            written.separate();
            written.out().write(patch, member.nameFrom(), member.nameTo() - member.nameFrom());
            written.out().write(':');
            write(member.change(), written.out());
        }
    }

    /// Writes the change as it is where there is nothing to merge it with: removals vanish.
    private void write(Change change, ByteArrayOutputStream out) {
        switch (change) {
            case Change.Replace(int from, int to) -> out.write(patch, from, to - from);
            case Change.Remove _ -> {}
            case Change.Merge(Map<String, Member> members) -> {
                Members written = new Members(out);
                members.values().forEach(member -> add(member, written));
                written.close();
            }
        }
    }

    /// The members of an object while it is written, and the commas between them.
    private static final class Members {
        private final ByteArrayOutputStream out;
        private char separator = '{';

        Members(ByteArrayOutputStream out) {
            this.out = out;
        }

        ByteArrayOutputStream out() {
            return out;
        }

        void separate() {
            out.write(separator);
            separator = ',';
        }

        void close() {
            if (separator == '{') {
                out.write('{');
            }
            out.write('}');
        }
    }
}
