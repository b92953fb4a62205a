package io.holdfast.launcher.redis;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The server executable. One from the PATH is preferred, because it is patched by whoever maintains
/// the machine and because servers of version 7 can do more; the embedded one makes do without any.
///
/// @param version as the binary itself says, `7.2.5`
public record RedisBinary(Path executable, String version, boolean embedded) {
    /// The environment variable that overrides the search: `embedded`, or the path of a server.
    public static final String OVERRIDE = "HOLDFAST_REDIS_SERVER";

    private static final int OLDEST_MAJOR = 7;

    public static RedisBinary find() {
        return find(System.getenv());
    }

    static RedisBinary find(Map<String, String> environment) {
        String override = environment.getOrDefault(OVERRIDE, "");
        if (override.equals("embedded")) {
            return EmbeddedRedis.extract(environment);
        }
        if (!override.isEmpty()) {
            Path executable = Path.of(override);
            return RedisVersion.of(executable)
                    .map(version -> new RedisBinary(executable, version.text(), false))
                    .orElseThrow(() -> new RedisException(OVERRIDE + "=" + override
                            + " is not a Redis or Valkey server that runs here. Correct or unset it."));
        }
        return onPath(environment.getOrDefault("PATH", "")).orElseGet(() -> EmbeddedRedis.extract(environment));
    }

    private static Optional<RedisBinary> onPath(String path) {
        return Stream.of("redis-server", "valkey-server")
                .flatMap(name -> Stream.of(path.split(File.pathSeparator, -1))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .flatMap(executable -> recentEnough(executable).stream())
                .findFirst();
    }

    private static Optional<RedisBinary> recentEnough(Path executable) {
        return RedisVersion.of(executable)
                .filter(version -> version.major() >= OLDEST_MAJOR)
                .map(version -> new RedisBinary(executable, version.text(), false));
    }

    @Override
    public String toString() {
        return embedded ? "Redis " + version + " (embedded)" : "Redis " + version + " (" + executable + ")";
    }
}
