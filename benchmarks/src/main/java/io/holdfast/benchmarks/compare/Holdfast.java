package io.holdfast.benchmarks.compare;

import io.holdfast.benchmarks.process.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Holdfast's gateway, with all that is on by default: authentication, limits, probes, retries.
///
/// @param root of the checkout, whose built gateway is used
/// @param strategy empty for the default
record Holdfast(Path root, String strategy) implements Proxy {
    private static final String SERVICE = "holdfast.load-balancing.services.app-service.";

    @Override
    public String name() {
        return strategy.isEmpty() ? "holdfast" : "holdfast-" + strategy;
    }

    @Override
    public Optional<String> missing() {
        return jar().isPresent()
                ? Optional.empty()
                : Optional.of("the gateway is not built: mvn -pl gateway-service -am package");
    }

    private Optional<Path> jar() {
        Path folder = root.resolve("gateway-service").resolve("target");
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("gateway-service-[0-9].*\\.jar"))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Child start(Bench bench, int port) throws IOException {
        Path secrets = Files.createDirectories(bench.folder().resolve(name() + "-secrets"));
        Files.writeString(
                secrets.resolve("holdfast.internal.credential"), "a-credential-of-benchmarks-with-no-other-use");
        Files.writeString(secrets.resolve("holdfast.gateway.api-keys.bench.sha256"), sha256(Bench.KEY));
        List<String> command = new ArrayList<>();
        command.add(Bench.java());
        command.addAll(bench.jvmOptions());
        command.add("-jar");
        command.add(jar().orElseThrow().toAbsolutePath().toString());
        command.add("--server.port=" + port);
        command.add("--management.server.port=" + (port + 100));
        command.add("--" + SERVICE + "instances="
                + String.join(
                        ",",
                        bench.originPorts().stream()
                                .map(origin -> "http://127.0.0.1:" + origin)
                                .toList()));
        if (!strategy.isEmpty()) {
            command.add("--" + SERVICE + "strategy=" + strategy);
        }
        return Child.start(name(), command, bench.folder(), Map.of("HOLDFAST_SECRETS", secrets.toString()));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
