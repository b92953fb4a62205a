package io.holdfast.benchmarks.document;

import io.holdfast.benchmarks.load.Target;
import io.holdfast.benchmarks.process.Child;
import io.holdfast.benchmarks.process.Installed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// nginx, gunicorn with two workers, Flask, redis-py and one Redis without persistence.
///
/// Gunicorn's ordinary workers close each connection, so nginx is not told to keep them.
final class FlaskStack implements Stack {
    private static final Duration START = Duration.ofSeconds(30);
    private static final String NGINX = """
            daemon off;
            worker_processes auto;
            pid FOLDER/nginx.pid;
            error_log stderr warn;
            events { worker_connections 4096; }
            http {
                access_log off;
                client_body_temp_path FOLDER/body;
                proxy_temp_path FOLDER/proxy;
                fastcgi_temp_path FOLDER/fastcgi;
                uwsgi_temp_path FOLDER/uwsgi;
                scgi_temp_path FOLDER/scgi;
                server {
                    listen 127.0.0.1:LISTEN;
                    location / { proxy_pass http://127.0.0.1:GUNICORN; }
                }
            }
            """;

    private final Path root;
    private final Path folder;
    private final int port;
    private final List<Child> children = new ArrayList<>();

    /// @param root of the checkout, which has the Flask application
    /// @param port of nginx; the two after it are gunicorn's and Redis's
    FlaskStack(Path root, Path folder, int port) {
        this.root = root;
        this.folder = folder;
        this.port = port;
    }

    @Override
    public String name() {
        return "nginx+gunicorn+flask";
    }

    @Override
    public Optional<String> missing() {
        Optional<String> program = Stream.of("nginx", "gunicorn", "redis-server")
                .flatMap(each -> Installed.missing(each).stream())
                .findFirst();
        return program.isPresent() || hasModules()
                ? program
                : Optional.of("Python lacks flask or redis; on Debian: apt-get install python3-flask python3-redis");
    }

    /// The Python that gunicorn itself runs on, which need not be the first one of the path.
    private static String interpreter() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(Installed.path("gunicorn")))) {
            return lines.findFirst()
                    .filter(line -> line.startsWith("#!/"))
                    .map(line -> line.substring(2).strip())
                    .orElse("python3");
        }
    }

    private static boolean hasModules() {
        try {
            return new ProcessBuilder(interpreter(), "-c", "import flask, redis")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void start(String document) throws IOException, InterruptedException {
        int gunicorn = port + 1;
        int redis = port + 2;
        Path work = Files.createDirectories(folder.resolve("flask"));
        start("redis", List.of("redis-server", "--bind", "127.0.0.1", "--port", "" + redis, "--save", ""), work);
        start(
                "gunicorn",
                List.of(
                        Installed.path("gunicorn"),
                        "--workers=2",
                        "--bind=127.0.0.1:" + gunicorn,
                        "--chdir="
                                + root.resolve("benchmarks").resolve("document").toAbsolutePath(),
                        "app:application"),
                work,
                Map.of("REDIS_PORT", "" + redis, "PYTHONDONTWRITEBYTECODE", "1"));
        Path configuration = work.resolve("nginx.conf");
        Files.writeString(
                configuration,
                NGINX.replace("FOLDER", work.toString())
                        .replace("LISTEN", "" + port)
                        .replace("GUNICORN", "" + gunicorn));
        Child nginx = start(
                "nginx",
                List.of(Installed.path("nginx"), "-p", work.toString(), "-c", configuration.toString(), "-e", "stderr"),
                work);
        nginx.awaitStatus(target().uri(), Map.of(), 404, START);
        Store.put(target().uri(), Map.of(), document);
    }

    private Child start(String name, List<String> command, Path work) {
        return start(name, command, work, Map.of());
    }

    private Child start(String name, List<String> command, Path work, Map<String, String> environment) {
        Child child = Child.start(name, command, work, environment);
        children.add(child);
        return child;
    }

    @Override
    public Target target() {
        return new Target(URI.create("http://127.0.0.1:" + port + "/documents/one"), Map.of());
    }

    @Override
    public Map<String, Duration> cpuTimes() {
        Map<String, Duration> times = new LinkedHashMap<>();
        children.forEach(child -> times.put(child.name(), child.cpuTime()));
        return times;
    }

    @Override
    public void close() {
        children.reversed().forEach(Child::close);
        children.clear();
    }
}
