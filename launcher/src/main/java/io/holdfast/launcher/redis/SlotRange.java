package io.holdfast.launcher.redis;

import java.util.List;
import java.util.stream.IntStream;

/// Consecutive hash slots, both ends included.
public record SlotRange(int first, int last) {
    /// How many slots a cluster has.
    public static final int SLOTS = 16_384;

    /// Divides all slots into contiguous shares of nearly equal size: `0-5460 5461-10922 10923-16383`
    /// for three, as `redis-cli --cluster create` does.
    public static List<SlotRange> shares(int count) {
        double share = (double) SLOTS / count;
        return IntStream.range(0, count)
                .mapToObj(i -> new SlotRange(
                        Math.toIntExact(Math.round(i * share)), Math.toIntExact(Math.round((i + 1) * share)) - 1))
                .toList();
    }

    /// Reads `5461-10922` or `7`.
    static SlotRange parse(String text) {
        int dash = text.indexOf('-');
        return dash < 0
                ? new SlotRange(Integer.parseInt(text), Integer.parseInt(text))
                : new SlotRange(Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
    }

    public int size() {
        return last - first + 1;
    }

    public IntStream slots() {
        return IntStream.rangeClosed(first, last);
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
