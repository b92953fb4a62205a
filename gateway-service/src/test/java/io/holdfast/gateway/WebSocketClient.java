package io.holdfast.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A client's WebSocket: what it hears is kept in order.
final class WebSocketClient implements WebSocket.Listener, AutoCloseable {
    private static final int WITHOUT_STATUS = 1006;

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    WebSocketClient(int port, String target) {
        socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + TestGateway.KEY)
                .subprotocols("other", "chat")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + target), this)
                .orTimeout(15, TimeUnit.SECONDS)
                .join();
    }

    WebSocket socket() {
        return socket;
    }

    void say(String text) {
        socket.sendText(text, true).orTimeout(15, TimeUnit.SECONDS).join();
    }

    String hear() throws InterruptedException {
        return String.valueOf(heard.poll(15, TimeUnit.SECONDS));
    }

    /// Waits for the status it was closed with.
    int closeStatus() {
        return closed.orTimeout(15, TimeUnit.SECONDS).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            heard.add(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        heard.add("pong of " + message.remaining());
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(WITHOUT_STATUS);
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }
}
