package io.holdfast.app.json;

import java.io.IOException;
import java.io.OutputStream;

/// Writes a JSON text on one line.
public final class OneLine {
    private OneLine() {}

    /// Leaves out line breaks and the indentation behind them, and keeps every other byte. It need
    /// not know where strings are: a valid one holds no line break.
    public static void write(byte[] json, OutputStream out) throws IOException {
        int kept = 0;
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                out.write(json, kept, i - kept);
                kept = behindWhitespace(json, i);
                i = kept - 1;
            }
        }
        out.write(json, kept, json.length - kept);
    }

    private static int behindWhitespace(byte[] json, int from) {
        int at = from;
        while (at < json.length && json[at] <= ' ' && json[at] >= 0) {
            at++;
        }
        return at;
    }
}
