package io.holdfast.benchmarks.compare;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Where a comparison takes place.
///
/// @param folder for configuration and logs
/// @param firstPort of the origins, and of the proxies behind them
/// @param jvmOptions for both gateways that are JVMs
record Bench(Path folder, int firstPort, int origins, List<String> jvmOptions) {
    /// The same for all; the gateways' API key is this one's.
    static final String KEY = "a-key-for-benchmarks-only";

    /// All proxies get the same request; only Holdfast's gateway looks at the key.
    static final Map<String, String> HEADERS = Map.of("authorization", "Bearer " + KEY);

    static final String PATH = "/api/v1/collections/bench/documents/1";

    List<Integer> originPorts() {
        return IntStream.range(firstPort, firstPort + origins).boxed().toList();
    }

    /// The lines of a configuration that name one origin each, from a template that says `PORT`.
    String eachOrigin(String template) {
        return originPorts().stream()
                .map(port -> template.replace("PORT", "" + port))
                .collect(Collectors.joining());
    }

    /// This program's, for its own processes, which run in another folder.
    static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(each -> Path.of(each).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
