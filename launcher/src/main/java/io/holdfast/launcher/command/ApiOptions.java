package io.holdfast.launcher.command;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.directory.Script;
import io.holdfast.launcher.supervisor.StateFile;
import io.holdfast.launcher.supervisor.SupervisorState;
import io.holdfast.launcher.transfer.Collection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which collection of which platform.
final class ApiOptions {
    static final String API_KEY = "HOLDFAST_API_KEY";
    private static final String USUAL_URL = "http://127.0.0.1:8080";

    @Option(names = "--collection", paramLabel = "NAME", required = true, description = "The collection.")
    private String collection = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The platform's address. Default: that of the platform in --data, else " + USUAL_URL + ".")
    private @Nullable String url;

    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            description = "A file with the API key. Default: the environment variable " + API_KEY
                    + ", else the file api-key in --data.")
    private @Nullable Path apiKeyFile;

    @Mixin
    private DataOption data = new DataOption();

    DataOption data() {
        return data;
    }

    Collection collection() {
        return new Collection(url(), collection, apiKey(System.getenv()));
    }

    private String url() {
        return Optional.ofNullable(url)
                .or(() -> StateFile.in(data.directory()).read().map(SupervisorState::url))
                .orElse(USUAL_URL);
    }

    private String apiKey(Map<String, String> environment) {
        String given = environment.getOrDefault(API_KEY, "");
        if (apiKeyFile == null && !given.isEmpty()) {
            return given;
        }
        Path file = apiKeyFile == null ? data.directory().apiKey() : apiKeyFile;
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new LauncherException(
                    "The API key cannot be read from " + file + ". Name its file with --api-key-file, or set " + API_KEY
                            + "; '" + Script.own().command("up", data.directory()) + "' makes one.",
                    e);
        }
    }
}
