package io.holdfast.launcher.supervisor;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.directory.DataDirectory;
import io.holdfast.launcher.directory.Script;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Talks to the supervisor that runs from a data folder.
public final class ControlClient {
    private static final int CONNECT_MILLIS = 2_000;
    // A graceful stop may take as long as the slowest process's grace.
    private static final int READ_MILLIS = 60_000;

    private final SupervisorState state;
    private final String down;

    private ControlClient(SupervisorState state, String down) {
        this.state = state;
        this.down = down;
    }

    /// The supervisor, which has to be alive.
    public static ControlClient connect(DataDirectory directory) {
        String start = "Start it with: " + Script.own().command("up", directory);
        String down = Script.own().command("down", directory);
        Optional<SupervisorState> state = StateFile.in(directory).read();
        if (state.isEmpty()) {
            throw new LauncherException("Holdfast is not running from " + directory.root() + ". " + start);
        }
        if (!state.get().lives()) {
            List<SupervisorState.Child> left = Orphans.of(state.get());
            throw new LauncherException("Holdfast is not running from " + directory.root() + ": its supervisor (pid "
                    + state.get().supervisor().pid() + ") is gone"
                    + (left.isEmpty()
                            ? "."
                            : ", and " + left.size() + " of its processes are left; '" + down + "' ends them.")
                    + " " + start);
        }
        return new ControlClient(state.get(), down);
    }

    public SupervisorState state() {
        return state;
    }

    public String get(String path) {
        return call("GET", path);
    }

    public String post(String path) {
        return call("POST", path);
    }

    private String call(String method, String path) {
        if (state.control().isEmpty()) {
            throw new LauncherException("Holdfast is only just being started. Try again in a moment.");
        }
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(state.control() + path).toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setRequestProperty("Authorization", "Bearer " + state.token());
            String answer = body(connection);
            if (connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST) {
                throw new LauncherException(answer);
            }
            return answer;
        } catch (IOException e) {
            throw new LauncherException(
                    "The supervisor (pid " + state.supervisor().pid() + ") does not answer: " + e.getMessage()
                            + ". If that stays so, '" + down + "' ends it.",
                    e);
        }
    }

    private static String body(HttpURLConnection connection) throws IOException {
        boolean failed = connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
        try (InputStream in = failed ? connection.getErrorStream() : connection.getInputStream()) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
