package io.holdfast.launcher.transfer;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// Shows how far a transfer is: a bar that is redrawn on a terminal, now and then a line elsewhere.
public final class ProgressBar {
    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration LINE = Duration.ofSeconds(5);
    private static final int WIDTH = 30;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final long start = System.nanoTime();
    private long drawn = start;

    public ProgressBar(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /// @param share how much of all that is, from 0 to 1; negative if nobody knows
    /// @param unit what is counted, `documents`
    synchronized void show(long count, double share, String unit) {
        long now = System.nanoTime();
        if (now - drawn < (terminal ? REDRAW : LINE).toNanos()) {
            return;
        }
        drawn = now;
        String text = text(count, share, unit);
        if (terminal) {
            out.print(CLEAR + text);
        } else {
            out.println(text);
        }
        out.flush();
    }

    private String text(long count, double share, String unit) {
        String rate = String.format(Locale.ROOT, "%,d %s, %,d/s", count, unit, perSecond(count));
        if (share < 0) {
            return rate;
        }
        int done = (int) Math.round(Math.min(1, share) * WIDTH);
        return String.format(
                Locale.ROOT, "[%s%s] %3.0f %%  %s", "#".repeat(done), " ".repeat(WIDTH - done), share * 100, rate);
    }

    /// Prints a line of its own, above the bar.
    synchronized void note(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    synchronized void clear() {
        if (terminal) {
            out.print(CLEAR);
            out.flush();
        }
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    long perSecond(long count) {
        return Math.round(count / Math.max(0.001, seconds()));
    }
}
