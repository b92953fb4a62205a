package io.holdfast.storage.contract;

import io.holdfast.contract.credential.InternalCredential;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.StorageServiceApplication;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.wire.OperationCodec;
import io.holdfast.storage.api.wire.OutcomeCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// A running storage service, called over HTTP as an app service does.
final class StorageService implements AutoCloseable {
    static final String CREDENTIAL = "0123456789abcdef0123456789abcdef";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ConfigurableApplicationContext context;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;

    StorageService(String... redis) {
        String[] arguments = Stream.concat(
                        Arrays.stream(redis),
                        Stream.of(
                                "--server.port=0",
                                "--management.server.port=0",
                                "--holdfast.storage.sweep.interval=200ms",
                                "--holdfast.storage.sweep.abandoned-after=1s",
                                "--holdfast.internal.credential=" + CREDENTIAL))
                .toArray(String[]::new);
        context = new SpringApplicationBuilder(StorageServiceApplication.class).run(arguments);
        address = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @SuppressWarnings("unchecked")
    <O extends Outcome> O execute(Operation<O> operation) {
        return (O) executeAll(List.of(operation)).getFirst();
    }

    @SuppressWarnings("unchecked")
    <O extends Outcome> O execute(Operation<O> operation, Duration time) {
        HttpRequest request = request("application/cbor", CREDENTIAL, OperationCodec.encode(List.of(operation)))
                .header(Deadline.HEADER, Deadline.in(time).header())
                .build();
        return (O) outcomes(send(request)).getFirst();
    }

    List<Outcome> executeAll(List<? extends Operation<?>> operations) {
        return outcomes(send("application/cbor", CREDENTIAL, OperationCodec.encode(operations)));
    }

    private static List<Outcome> outcomes(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    response.statusCode() + ": " + new String(response.body(), StandardCharsets.UTF_8));
        }
        return OutcomeCodec.decode(response.body());
    }

    HttpResponse<byte[]> send(String contentType, String credential, byte[] body) {
        return send(request(contentType, credential, body).build());
    }

    private HttpRequest.Builder request(String contentType, String credential, byte[] body) {
        return HttpRequest.newBuilder(address.resolve("/storage/v1/operations"))
                .timeout(PATIENCE)
                .header("Content-Type", contentType)
                .header(InternalCredential.HEADER, credential)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    HttpResponse<byte[]> get(String path) {
        return send(
                HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).build());
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        client.close();
    }
}
