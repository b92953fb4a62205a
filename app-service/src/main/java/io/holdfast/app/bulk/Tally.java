package io.holdfast.app.bulk;

import io.holdfast.app.json.JsonStrings;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Reached;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What became of the lines: how many were written, how many failed, and of the failed ones the
/// first. Thread-safe.
final class Tally {
    private final int mostListed;
    /// The last of the listed lines at its head, to make room for an earlier one.
    private final PriorityQueue<Failure> listed =
            new PriorityQueue<>(Comparator.comparingLong(Failure::line).reversed());

    private long written;
    private long failed;
    private @Nullable Reached reached;

    private record Failure(long line, @Nullable String id, ProblemType type, String detail) {}

    Tally(int mostListed) {
        this.mostListed = mostListed;
    }

    synchronized void written(int lines, Reached reached) {
        written += lines;
        reached(reached);
    }

    /// Notes how far a write has come that was applied.
    synchronized void reached(Reached other) {
        reached = reached == null ? other : reached.weaker(other);
    }

    /// How far all have come at least that were applied, if any were.
    synchronized Optional<Reached> reached() {
        return Optional.ofNullable(reached);
    }

    synchronized void failed(long line, @Nullable String id, ProblemType type, String detail) {
        failed++;
        listed.add(new Failure(line, id, type, detail));
        if (listed.size() > mostListed) {
            listed.remove();
        }
    }

    /// Writes `{"written":…,"failedCount":…,"failed":[…]}`, the failed lines in order.
    synchronized void write(OutputStream out) throws IOException {
        writeText("{\"written\":" + written + ",\"failedCount\":" + failed + ",\"failed\":[", out);
        boolean first = true;
        for (Failure failure :
                listed.stream().sorted(Comparator.comparingLong(Failure::line)).toList()) {
            writeText((first ? "" : ",") + "{\"line\":" + failure.line() + ",\"id\":", out);
            out.write(
                    failure.id() == null
                            ? "null".getBytes(StandardCharsets.US_ASCII)
                            : JsonStrings.encode(failure.id()));
            writeText(",\"type\":\"" + failure.type().uri() + "\",\"detail\":", out);
            out.write(JsonStrings.encode(failure.detail()));
            out.write('}');
            first = false;
        }
        writeText("]}", out);
    }

    private static void writeText(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
