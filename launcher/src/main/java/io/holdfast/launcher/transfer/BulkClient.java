package io.holdfast.launcher.transfer;

import io.holdfast.launcher.LauncherException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;

/// Sends chunks, again if need be: documents are written under their ids, so a repetition changes
/// nothing. Thread-safe.
final class BulkClient implements AutoCloseable {
    private static final Duration REQUEST = Duration.ofSeconds(60);
    private static final int TOO_LARGE = 413;

    private final Collection collection;
    private final Patience patience;
    private final HttpClient client = Collection.client();

    /// How to repeat what failed: after `first`, then twice as long each time up to `longest`, and not
    /// any more once it has failed for `total`.
    record Patience(Duration first, Duration longest, Duration total) {
        static final Patience DEFAULT =
                new Patience(Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofMinutes(2));
    }

    BulkClient(Collection collection, Patience patience) {
        this.collection = collection;
        this.patience = patience;
    }

    /// Writes the chunk's documents; line numbers in the answer are those of the file.
    BulkAnswer send(Chunk chunk) throws InterruptedException {
        long end = System.nanoTime() + patience.total().toNanos();
        Duration pause = patience.first();
        while (true) {
            String reason;
            try {
                HttpResponse<byte[]> response = client.send(request(chunk), HttpResponse.BodyHandlers.ofByteArray());
                switch (response.statusCode()) {
                    case 200 -> {
                        return BulkAnswer.parse(response.body()).placed(chunk);
                    }
                    case TOO_LARGE -> {
                        return divided(chunk, response);
                    }
                    case 429, 502, 503, 504 -> {
                        reason = response.statusCode() + ": " + Collection.detail(response.body());
                        pause = Collection.retryAfter(response).orElse(pause);
                    }
                    default -> throw collection.refusal(response.statusCode(), response.body());
                }
            } catch (IOException e) {
                reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            } catch (JacksonException e) {
                throw new LauncherException(collection.url() + " gave an answer that is not Holdfast's.", e);
            }
            if (System.nanoTime() - end > 0) {
                throw new LauncherException("The platform at " + collection.url() + " has not taken documents for "
                        + patience.total().toSeconds() + " s (" + reason + ").");
            }
            Thread.sleep(pause);
            pause = shorter(pause.multipliedBy(2), patience.longest());
        }
    }

    private HttpRequest request(Chunk chunk) {
        return collection
                .request("/documents:bulk")
                .timeout(REQUEST)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(chunk.body()))
                .build();
    }

    /// A platform that takes smaller requests only gets halves; a line that is too large alone has failed.
    private BulkAnswer divided(Chunk chunk, HttpResponse<byte[]> response) throws InterruptedException {
        List<Chunk.Line> lines = chunk.lines();
        if (lines.size() == 1) {
            return new BulkAnswer(
                    0,
                    List.of(new BulkAnswer.Failure(lines.getFirst().number(), "", Collection.detail(response.body()))));
        }
        int half = lines.size() / 2;
        BulkAnswer first = send(new Chunk(chunk.index(), lines.subList(0, half), chunk.lastLine()));
        return first.plus(send(new Chunk(chunk.index(), lines.subList(half, lines.size()), chunk.lastLine())));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
