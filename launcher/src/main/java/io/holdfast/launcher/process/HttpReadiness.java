package io.holdfast.launcher.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/// Ready when a GET is answered with 200.
public record HttpReadiness(URI uri) implements Readiness {
    private static final int PATIENCE_MILLIS =
            Math.toIntExact(Duration.ofSeconds(1).toMillis());

    @Override
    public boolean isReady() {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
