package io.holdfast.storage.api;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import java.util.regex.Pattern;

/// A named set of records of one kind, such as the documents of the collection `orders`.
///
/// @param kind what the records are, lower-case letters: `documents`
/// @param name the name its users gave it, matching `[a-z0-9][a-z0-9._-]{0,62}`
public record Namespace(String kind, String name) {
    private static final Pattern KIND = Pattern.compile("[a-z]{1,31}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    public Namespace {
        if (!KIND.matcher(kind).matches()) {
            throw new ProblemException(
                    ProblemType.INVALID_NAME, "The namespace kind '%s' is not 1 to 31 letters a-z.".formatted(kind));
        }
        if (!NAME.matcher(name).matches()) {
            throw new ProblemException(
                    ProblemType.INVALID_NAME,
                    ("The name '%s' is not allowed. A name has 1 to 63 characters of a-z, 0-9, '.', '_' and '-', "
                                    + "and starts with a letter or a digit.")
                            .formatted(shortened(name)));
        }
    }

    private static String shortened(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80) + "…";
    }

    /// The kind and the name, `documents:orders`.
    public String qualifiedName() {
        return kind + ":" + name;
    }

    /// The reverse of [#qualifiedName()].
    public static Namespace parse(String qualifiedName) {
        int colon = qualifiedName.indexOf(':');
        return new Namespace(qualifiedName.substring(0, Math.max(colon, 0)), qualifiedName.substring(colon + 1));
    }
}
