package io.holdfast.app.address;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;

/// The rules of a document's id: any text of 1 to 512 bytes in UTF-8 without control characters,
/// except `.` and `..`, which no address can carry.
public final class DocumentId {
    /// The most bytes of an id in UTF-8.
    public static final int MOST_BYTES = 512;

    private DocumentId() {}

    /// The id, if it is one.
    public static String check(String id) {
        if (id.isEmpty()) {
            throw refused("An id must not be empty.");
        }
        if (id.equals(".") || id.equals("..")) {
            throw refused("The ids '.' and '..' are not allowed, as addresses with them mean another place.");
        }
        checkText(id, "An id");
        return id;
    }

    /// The start of ids, if it can be one; it may be empty.
    static String checkPrefix(String prefix) {
        checkText(prefix, "A prefix of ids");
        return prefix;
    }

    private static void checkText(String text, String what) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            if (Character.isISOControl(character)) {
                throw refused("%s must not hold control characters; this one holds U+%04X.".formatted(what, character));
            }
            if (Character.getType(character) == Character.SURROGATE) {
                throw refused("%s must be valid Unicode; this one holds half of a surrogate pair.".formatted(what));
            }
            bytes += utf8Length(character);
        }
        if (bytes > MOST_BYTES) {
            throw refused("%s has at most %d bytes in UTF-8; this one has %d.".formatted(what, MOST_BYTES, bytes));
        }
    }

    private static int utf8Length(int character) {
        return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(ProblemType.INVALID_ID, detail);
    }
}
