package io.holdfast.launcher.transfer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The API as an import and an export see it, with documents in memory. A line fails that has no `id`.
final class FakeApi implements AutoCloseable {
    static final String KEY = "hf_test";

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");

    final Map<String, String> documents = new ConcurrentHashMap<>();
    /// Statuses with which the next requests are answered, before the usual answers.
    final Queue<Integer> failures = new ConcurrentLinkedQueue<>();
    /// What a listing answers.
    volatile List<String> listing = List.of();

    volatile boolean breakOff;
    volatile int mostLines = Integer.MAX_VALUE;
    /// Refuses the request that has a document of this id: requests come in any order.
    volatile int diesAt;

    final AtomicInteger requests = new AtomicInteger();

    private final HttpServer server;

    FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1/collections/cities/documents:bulk", this::bulk);
        server.createContext("/api/v1/collections/cities/documents", this::list);
        server.start();
    }

    Collection collection() {
        return collection(KEY);
    }

    Collection collection(String key) {
        return new Collection("http://127.0.0.1:" + server.getAddress().getPort() + "/", "cities", key);
    }

    private void bulk(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            List<String> lines = body.lines().toList();
            requests.incrementAndGet();
            if (!authorized(exchange)) {
                answer(exchange, 401, "{\"detail\":\"no key\"}");
            } else if (body.contains("{\"id\":\"" + diesAt + "\"")) {
                answer(exchange, 400, "{\"detail\":\"died\"}");
            } else if (!failures.isEmpty()) {
                answer(exchange, failures.remove(), "{\"detail\":\"not now\"}");
            } else if (lines.size() > mostLines) {
                answer(exchange, 413, "{\"detail\":\"too large\"}");
            } else {
                answer(exchange, 200, write(lines));
            }
        }
    }

    private String write(List<String> lines) {
        StringBuilder failed = new StringBuilder();
        int written = 0;
        for (int i = 0; i < lines.size(); i++) {
            Matcher id = ID.matcher(lines.get(i));
            if (id.find()) {
                documents.put(id.group(1), lines.get(i));
                written++;
            } else {
                failed.append(failed.isEmpty() ? "" : ",")
                        .append("{\"line\":" + (i + 1) + ",\"id\":null,\"type\":\"t\",\"detail\":\"no id\"}");
            }
        }
        return "{\"written\":" + written + ",\"failed\":[" + failed + "]}";
    }

    private void list(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!authorized(exchange)) {
                answer(exchange, 403, "{\"detail\":\"no key\"}");
                return;
            }
            if (!Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept"))
                    .orElse("")
                    .equals("application/x-ndjson")) {
                answer(exchange, 406, "");
                return;
            }
            exchange.sendResponseHeaders(200, breakOff ? 1_000_000 : 0);
            OutputStream out = exchange.getResponseBody();
            for (String item : listing) {
                out.write((item + "\n").getBytes(StandardCharsets.UTF_8));
            }
            out.flush();
        }
    }

    private static boolean authorized(HttpExchange exchange) {
        return ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
