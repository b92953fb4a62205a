package io.holdfast.benchmarks.compare;

import io.holdfast.benchmarks.process.Child;
import io.holdfast.benchmarks.process.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// HAProxy with a health check of `/readyz` each second, and no log.
///
/// @param algorithm `leastconn` or `roundrobin`
record HaProxy(String algorithm) implements Proxy {
    private static final String CONFIGURATION = """
            global
                maxconn 8192
            defaults
                mode http
                timeout connect 1s
                timeout client 60s
                timeout server 30s
                timeout http-keep-alive 60s
            frontend front
                bind 127.0.0.1:LISTEN
                default_backend origins
            backend origins
                balance ALGORITHM
                option httpchk GET /readyz
                default-server check inter 1s
            ORIGINS
            """;

    @Override
    public String name() {
        return "haproxy-" + algorithm;
    }

    @Override
    public Optional<String> missing() {
        return Installed.missing("haproxy");
    }

    @Override
    public Child start(Bench bench, int port) throws IOException {
        Path file = bench.folder().resolve(name() + ".cfg");
        Files.writeString(
                file,
                CONFIGURATION
                        .replace("ALGORITHM", algorithm)
                        .replace("ORIGINS", bench.eachOrigin("    server oPORT 127.0.0.1:PORT\n"))
                        .replace("LISTEN", "" + port));
        return Child.start(
                name(), List.of(Installed.path("haproxy"), "-db", "-f", file.toString()), bench.folder(), Map.of());
    }
}
