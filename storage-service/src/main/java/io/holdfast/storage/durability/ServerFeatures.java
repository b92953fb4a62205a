package io.holdfast.storage.durability;

import io.holdfast.storage.redis.Primaries;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the servers can do, as they said within the last seconds: they are upgraded and configured
/// anew while this service runs. Thread-safe.
final class ServerFeatures {
    private static final long GOOD_FOR_NANOS = 5_000_000_000L;
    /// Of both Redis and Valkey, which tells the version of Redis it is compatible with.
    private static final Pattern VERSION = Pattern.compile("(?m)^redis_version:(\\d{1,4})\\.(\\d{1,4})");
    private static final Pattern LOG_ON = Pattern.compile("(?m)^aof_enabled:1");

    private final Primaries primaries;
    private final int connection;
    private final Map<String, Said> said = new ConcurrentHashMap<>();

    private record Said(@Nullable String missingForDisk, long at) {}

    /// @param connection the number of the connection on which they are asked
    ServerFeatures(Primaries primaries, int connection) {
        this.primaries = primaries;
        this.connection = connection;
    }

    /// What a primary lacks to confirm that a write is on disk, or null.
    @Nullable
    String missingForDisk(String primary) {
        Said known = said.get(primary);
        if (known == null || System.nanoTime() - known.at() > GOOD_FOR_NANOS) {
            String info = primaries.connection(primary, connection).sync().info();
            known = new Said(missingFrom(String.valueOf(info)), System.nanoTime());
            said.put(primary, known);
        }
        return known.missingForDisk();
    }

    static @Nullable String missingFrom(String info) {
        Matcher version = VERSION.matcher(info);
        if (!version.find()) {
            return "a Redis that tells its version";
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        if (major < 7 || (major == 7 && minor < 2)) {
            return "Redis 7.2 or later, or Valkey; this one is %d.%d".formatted(major, minor);
        }
        return LOG_ON.matcher(info).find() ? null : "the append-only file, which is off ('appendonly no')";
    }
}
