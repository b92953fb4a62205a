package io.holdfast.launcher.command;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.directory.DataDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Prints the log of one process. It is there after the process has ended, too.")
final class Logs implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(200);

    @Parameters(paramLabel = "NAME", description = "gateway-1, app-1, storage-1, redis-1, …, supervisor")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is added, until Ctrl-C.")
    private boolean follow;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataDirectory directory = data.directory();
        Path log = name.matches("[a-z0-9-]+") ? directory.log(name) : directory.logs();
        if (!Files.isRegularFile(log)) {
            throw new LauncherException(
                    "There is no log of '" + name + "' in " + directory.logs() + ". " + known(directory));
        }
        long shown = print(log, 0, System.out);
        while (follow && !System.out.checkError()) {
            Thread.sleep(PAUSE);
            shown = print(log, shown, System.out);
        }
        return 0;
    }

    private static String known(DataDirectory directory) throws IOException {
        if (!Files.isDirectory(directory.logs())) {
            return "Nothing has been started from that folder yet.";
        }
        try (Stream<Path> files = Files.list(directory.logs())) {
            return "There are: "
                    + files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".log"))
                            .map(file -> file.substring(0, file.length() - ".log".length()))
                            .sorted()
                            .collect(Collectors.joining(", "))
                    + ".";
        }
    }

    /// Prints what is there from `from` on, from the beginning if the log was emptied meanwhile, and
    /// returns where it ended.
    static long print(Path log, long from, PrintStream out) throws IOException {
        try (FileChannel channel = FileChannel.open(log)) {
            long start = channel.size() < from ? 0 : from;
            long end = channel.size();
            copy(channel, start, end, out);
            out.flush();
            return end;
        }
    }

    private static void copy(FileChannel channel, long start, long end, OutputStream out) throws IOException {
        var target = Channels.newChannel(out);
        long position = start;
        while (position < end) {
            long copied = channel.transferTo(position, end - position, target);
            if (copied <= 0) {
                return;
            }
            position += copied;
        }
    }
}
