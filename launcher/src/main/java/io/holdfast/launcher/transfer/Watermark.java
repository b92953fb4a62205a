package io.holdfast.launcher.transfer;

import java.util.HashMap;
import java.util.Map;

/// The line up to which everything is done, while chunks finish in any order. Not thread-safe.
final class Watermark {
    private final Map<Integer, Long> early = new HashMap<>();
    private int next;
    private long lines;

    /// @param lines those that are done already
    Watermark(long lines) {
        this.lines = lines;
    }

    void done(Chunk chunk) {
        early.put(chunk.index(), chunk.lastLine());
        for (Long last = early.remove(next); last != null; last = early.remove(next)) {
            lines = last;
            next++;
        }
    }

    long lines() {
        return lines;
    }
}
