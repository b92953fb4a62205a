package io.holdfast.launcher.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/// Finds ports nobody listens on, below the range from which systems take ports for outgoing
/// connections, so that they are not taken in the meantime.
final class FreePorts {
    private static final int LOWEST = 11_000;
    private static final int HIGHEST = 21_000;
    private static final int ATTEMPTS = 1000;

    private FreePorts() {}

    static int single() {
        return first(1, 0);
    }

    /// The first of `count` consecutive ports that are free, as are those `offset` above them.
    static int first(int count, int offset) {
        return ThreadLocalRandom.current()
                .ints(ATTEMPTS, LOWEST, HIGHEST)
                .filter(first -> IntStream.range(first, first + count)
                        .allMatch(port -> isFree(port) && (offset == 0 || isFree(port + offset))))
                .findFirst()
                .orElseThrow(() -> new RedisException("No " + count + " consecutive free ports were found."));
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
