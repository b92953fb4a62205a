package io.holdfast.benchmarks.compare;

import io.holdfast.benchmarks.process.Child;
import io.holdfast.benchmarks.process.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// nginx with connections to the origins kept open, and no access log.
///
/// @param method `least_conn`, or empty for nginx's default, round robin
record Nginx(String method) implements Proxy {
    private static final String CONFIGURATION = """
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
                upstream origins {
                    METHOD
            ORIGINS
                    keepalive 64;
                }
                server {
                    listen 127.0.0.1:LISTEN;
                    location / {
                        proxy_pass http://origins;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                    }
                }
            }
            """;

    @Override
    public String name() {
        return method.isEmpty() ? "nginx-round_robin" : "nginx-" + method;
    }

    @Override
    public Optional<String> missing() {
        return Installed.missing("nginx");
    }

    @Override
    public Child start(Bench bench, int port) throws IOException {
        Path folder = Files.createDirectories(bench.folder().resolve(name()));
        Path file = folder.resolve("nginx.conf");
        Files.writeString(
                file,
                CONFIGURATION
                        .replace("METHOD", method.isEmpty() ? "" : method + ";")
                        .replace("ORIGINS", bench.eachOrigin("        server 127.0.0.1:PORT;\n"))
                        .replace("FOLDER", folder.toString())
                        .replace("LISTEN", "" + port));
        return Child.start(
                name(),
                List.of(Installed.path("nginx"), "-p", folder.toString(), "-c", file.toString(), "-e", "stderr"),
                bench.folder(),
                Map.of());
    }
}
