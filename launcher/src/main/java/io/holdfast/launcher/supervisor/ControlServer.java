package io.holdfast.launcher.supervisor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.process.SupervisedProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// Takes commands over HTTP on a loopback port, from whoever can read the token in the state file:
/// `GET /status`, `POST /shutdown`, `POST /processes/{name}/{start|stop|kill}`.
public final class ControlServer implements AutoCloseable {
    private static final Pattern COMMAND = Pattern.compile("/processes/([a-z0-9-]+)/(start|stop|kill)");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final String token;
    private final Supervisor supervisor;
    private final Supplier<Optional<PlatformStatus>> status;
    private final Runnable shutdown;

    /// @param status empty while the platform is being put together
    /// @param shutdown begins the end of this process and returns
    public ControlServer(
            String token, Supervisor supervisor, Supplier<Optional<PlatformStatus>> status, Runnable shutdown)
            throws IOException {
        this.token = token;
        this.supervisor = supervisor;
        this.status = status;
        this.shutdown = shutdown;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isAuthorized(exchange)) {
                answer(exchange, 401, "The token is missing or wrong.");
                return;
            }
            dispatch(exchange);
        }
    }

    private boolean isAuthorized(HttpExchange exchange) {
        String presented = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        return MessageDigest.isEqual(
                presented.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    private void dispatch(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Matcher command = COMMAND.matcher(path);
        switch (exchange.getRequestMethod() + " " + (command.matches() ? command.group(2) : path)) {
            case "GET /status" -> status(exchange);
            case "POST /shutdown" -> {
                answer(exchange, 202, "stopping");
                shutdown.run();
            }
            case "POST start", "POST stop", "POST kill" -> command(exchange, command.group(1), command.group(2));
            default -> answer(exchange, 404, "There is no such command.");
        }
    }

    private void status(HttpExchange exchange) throws IOException {
        Optional<PlatformStatus> now = status.get();
        if (now.isPresent()) {
            answer(exchange, 200, JSON.writeValueAsString(now.get()));
        } else {
            answer(exchange, 503, "The platform is still being started.");
        }
    }

    private void command(HttpExchange exchange, String name, String verb) throws IOException {
        try {
            answer(exchange, 200, perform(supervisor.require(name), verb));
        } catch (LauncherException e) {
            answer(exchange, 409, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer(exchange, 503, "The platform is being stopped.");
        }
    }

    private static String perform(SupervisedProcess process, String verb) throws InterruptedException {
        String name = process.plan().name();
        return switch (verb) {
            case "start" -> start(process, name);
            case "stop" -> stop(process, name);
            default -> kill(process, name);
        };
    }

    private static String start(SupervisedProcess process, String name) {
        if (process.handle().isPresent()) {
            throw new LauncherException(name + " is running already.");
        }
        process.start();
        return name + " is being started.";
    }

    private static String stop(SupervisedProcess process, String name) throws InterruptedException {
        process.stop();
        return name + " is stopped.";
    }

    private static String kill(SupervisedProcess process, String name) {
        if (!process.kill()) {
            throw new LauncherException(name + " is not running, so it cannot be killed.");
        }
        return name + " is killed, and will be started again.";
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
