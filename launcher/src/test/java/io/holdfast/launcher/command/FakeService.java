package io.holdfast.launcher.command;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Stands in for a service's jar: unpacks and trains as one does, and then answers `/readyz`. Answers
/// `/arguments` with its arguments and `/secrets` with where it was told they are. Needs nothing but
/// the JDK, so it is a jar by itself.
final class FakeService {
    private FakeService() {}

    public static void main(String[] arguments) throws IOException {
        if (System.getProperty("jarmode") != null) {
            Path jar = Path.of(System.getProperty("java.class.path"));
            Path destination = Files.createDirectories(Path.of(arguments[2]));
            Files.copy(jar, destination.resolve(jar.getFileName()));
        } else if (System.getProperty("spring.context.exit") == null) {
            serve(List.of(arguments));
        }
    }

    private static void serve(List<String> arguments) throws IOException {
        int port = arguments.stream()
                .filter(argument -> argument.startsWith("--server.port="))
                .mapToInt(argument -> Integer.parseInt(argument.substring(argument.indexOf('=') + 1)))
                .findFirst()
                .orElseThrow();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        answer(server, "/readyz", "ready");
        answer(server, "/arguments", String.join("\n", arguments));
        answer(server, "/secrets", System.getenv("HOLDFAST_SECRETS"));
        server.start();
        System.out.println("serving on " + port);
    }

    private static void answer(HttpServer server, String path, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }
}
