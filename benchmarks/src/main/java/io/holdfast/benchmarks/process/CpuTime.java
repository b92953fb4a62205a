package io.holdfast.benchmarks.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The CPU time of processes, user and system, as Linux accounts for it (`/proc/PID/stat`, see proc(5)).
public final class CpuTime {
    private static final int UTIME = 14;
    private static final int STIME = 15;
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1) / ticksPerSecond();

    private CpuTime() {}

    public static boolean isKnown() {
        return Files.isReadable(Path.of("/proc/self/stat"));
    }

    /// Of a process and all that descend from it and still live.
    public static Duration ofTree(ProcessHandle process) {
        long ticks = Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(each -> ticks(each.pid()))
                .sum();
        return Duration.ofNanos(ticks * TICK_NANOS);
    }

    public static Duration of(long pid) {
        return Duration.ofNanos(ticks(pid) * TICK_NANOS);
    }

    private static long ticks(long pid) {
        try {
            return ticks(Files.readString(Path.of("/proc/" + pid + "/stat")));
        } catch (IOException e) {
            return 0; // it has ended
        }
    }

    /// The second field is the name in parentheses, which may contain blanks and parentheses.
    static long ticks(String stat) {
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(afterName[UTIME - 3]) + Long.parseLong(afterName[STIME - 3]);
    }

    private static long ticksPerSecond() {
        try {
            Process process = new ProcessBuilder("getconf", "CLK_TCK").start();
            return Long.parseLong(
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
        } catch (IOException | NumberFormatException e) {
            return 100; // on all Linux systems of today
        }
    }
}
