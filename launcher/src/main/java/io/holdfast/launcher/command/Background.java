package io.holdfast.launcher.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.launcher.directory.DataDirectory;
import io.holdfast.launcher.process.BoundedLog;
import io.holdfast.launcher.supervisor.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What a launcher does to stay behind when the command that started it ends. It says everything both to
/// whoever started it and to its log; when everything is ready it says [#READY], which ends the script's
/// listening, and from then on only its log hears of it.
final class Background {
    /// A line of its own: the character "end of transmission". The script does not show it.
    static final String READY = "\u0004";

    private final PrintStream listener;
    private final PrintStream log;
    private final Console console;

    private Background(PrintStream listener, PrintStream log) {
        this.listener = listener;
        this.log = log;
        this.console = Console.to(new PrintStream(new Both(listener, log), true, UTF_8));
    }

    /// Writes the log of the supervisor in a folder that exists.
    static Background logTo(DataDirectory directory) throws IOException {
        Path file = directory.log("supervisor");
        new BoundedLog(file).keepBounded();
        OutputStream appended = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        PrintStream log = new PrintStream(appended, true, UTF_8);
        System.setErr(new PrintStream(new Both(System.err, log), true, UTF_8));
        return new Background(System.out, log);
    }

    Console console() {
        return console;
    }

    /// Lets the command that started this process end. Its output is closed, so that a pipe of which that
    /// was the end is not kept open.
    ///
    /// @param down the command that ends this process
    void leave(String down) {
        console.say("It runs in the background. End it with: " + down);
        listener.println(READY);
        PrintStream errors = System.err;
        System.setErr(log);
        listener.close();
        errors.close();
    }

    /// Gives everything to two. The end of the first is not the end of the second.
    private static final class Both extends OutputStream {
        private final PrintStream first;
        private final PrintStream second;

        Both(PrintStream first, PrintStream second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void write(int octet) {
            first.write(octet);
            second.write(octet);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            first.write(bytes, from, count);
            second.write(bytes, from, count);
        }

        @Override
        public void flush() {
            first.flush();
            second.flush();
        }

        @Override
        public void close() {
            first.close();
        }
    }
}
