package io.holdfast.launcher.supervisor;

import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Where the launcher tells people what happens.
public record Console(PrintStream out, Clock clock) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    /// The terminal, or whatever standard output is.
    public static Console standard() {
        return to(System.out);
    }

    public static Console to(PrintStream out) {
        return new Console(out, Clock.system(ZoneId.systemDefault()));
    }

    public void say(String line) {
        out.println(line);
        out.flush();
    }

    /// Something that happened by itself, with the time at which it did.
    public void report(String line) {
        say(LocalTime.now(clock).format(TIME) + " " + line);
    }
}
