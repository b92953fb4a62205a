package io.holdfast.launcher.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a server says of itself: `Redis server v=7.2.5 sha=…` or `Valkey server v=8.1.0 sha=…`.
record RedisVersion(String text, int major) {
    private static final Pattern OUTPUT = Pattern.compile("server v=((\\d{1,4})[.\\w-]*)");
    private static final int PATIENCE_SECONDS = 10;

    /// Asks the executable; empty where it does not run on this machine or is something else.
    static Optional<RedisVersion> of(Path executable) {
        try {
            Process process = new ProcessBuilder(executable.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return process.exitValue() == 0 ? parse(output) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    static Optional<RedisVersion> parse(String output) {
        Matcher matcher = OUTPUT.matcher(output);
        return matcher.find()
                ? Optional.of(new RedisVersion(matcher.group(1), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }
}
