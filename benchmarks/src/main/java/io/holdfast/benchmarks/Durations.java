package io.holdfast.benchmarks;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them: `250us`, `5ms`, `10s`, `2m`.
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(us|ms|s|m)");

    private Durations() {}

    /// @throws IllegalArgumentException says what is wrong
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no duration. Use a whole number and us, ms, s or m: 5ms.".formatted(text));
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "us" -> Duration.ofNanos(number * 1_000);
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    public static String format(Duration duration) {
        long micros = duration.toNanos() / 1_000;
        if (micros % 1_000 != 0) {
            return micros + "us";
        }
        return micros % 1_000_000 != 0 ? micros / 1_000 + "ms" : micros / 1_000_000 + "s";
    }
}
