package io.holdfast.app.address;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The query parameters of a request. One that the call does not know is refused, so that a
/// misspelt `?tll=60` does not pass unnoticed.
public final class Query {
    private static final Query EMPTY = new Query(Map.of());

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /// @param known the names that the call understands
    public static Query of(HttpServletRequest request, String... known) {
        String query = request.getQueryString();
        return query == null || query.isEmpty() ? EMPTY : parse(query, List.of(known));
    }

    private static Query parse(String query, List<String> known) {
        Map<String, String> values = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                checkKnown(name, known);
                if (values.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1))) != null) {
                    throw invalid("The parameter '%s' is given twice.".formatted(name));
                }
            }
        }
        return new Query(values);
    }

    /// As forms encode: a plus is a space.
    private static String decode(String encoded) {
        return PercentEncoding.decode(encoded.replace('+', ' '));
    }

    private static void checkKnown(String name, List<String> known) {
        if (!known.contains(name)) {
            String shown = name.length() <= 40 ? name : name.substring(0, 40) + "…";
            throw invalid(
                    known.isEmpty()
                            ? "This call has no parameters; '%s' is given.".formatted(shown)
                            : "The parameter '%s' is not known here. Known: %s."
                                    .formatted(shown, String.join(", ", known)));
        }
    }

    public @Nullable String get(String name) {
        return values.get(name);
    }

    /// A whole number within a range, or the default where it is not given.
    public int number(String name, int lowest, int highest, int byDefault) {
        String value = values.get(name);
        if (value == null) {
            return byDefault;
        }
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= lowest && number <= highest) {
                return number;
            }
        }
        throw invalid("The parameter '%s' must be a whole number from %d to %d.".formatted(name, lowest, highest));
    }

    /// The `prefix` of ids, empty where it is not given.
    public String prefix() {
        try {
            return DocumentId.checkPrefix(values.getOrDefault("prefix", ""));
        } catch (ProblemException e) {
            throw invalid(e.detail());
        }
    }

    /// The problem of a parameter that is not acceptable.
    public static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_PARAMETER, detail);
    }
}
