package io.holdfast.endtoend;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A query in PromQL, as far as it names metrics and their labels.
record Query(String text) {
    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern NAME =
            Pattern.compile("(?<![\\w:$.])([a-zA-Z_:][\\w:]*)\\b(?!\\s*\\()(?:\\s*\\{([^}]*)\\})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");

    /// A condition on a label: `label="value"`, or with `=~`, `!=`, `!~`.
    record Condition(String label, String operator, String value) {}

    /// The series of a metric that meet some conditions.
    record Selector(String metric, List<Condition> conditions) {}

    List<Selector> selectors() {
        List<Selector> selectors = new ArrayList<>();
        Matcher name = NAME.matcher(GROUPING.matcher(text).replaceAll("").replaceAll("\\[[^\\]]*\\]", ""));
        while (name.find()) {
            if (!WORDS.contains(name.group(1))) {
                selectors.add(new Selector(name.group(1), conditions(name.group(2))));
            }
        }
        return selectors;
    }

    private static List<Condition> conditions(String braces) {
        return braces == null
                ? List.of()
                : MATCHER.matcher(braces)
                        .results()
                        .map(each -> new Condition(each.group(1), each.group(2), each.group(3)))
                        .toList();
    }

    /// The labels that it groups by.
    Set<String> groups() {
        Set<String> labels = new LinkedHashSet<>();
        GROUPING.matcher(STRING.matcher(text).replaceAll("\"\""))
                .results()
                .flatMap(each -> Stream.of(each.group(2).split(",", -1)))
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .forEach(labels::add);
        return labels;
    }
}
