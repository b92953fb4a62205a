package io.holdfast.benchmarks.document;

import io.holdfast.benchmarks.load.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// All that lies between a client and Redis, Redis included.
interface Stack extends AutoCloseable {
    String name();

    /// What would have to be installed or built; empty where all is there.
    Optional<String> missing();

    /// Starts it and stores the document.
    void start(String document) throws IOException, InterruptedException;

    /// What reads the document.
    Target target();

    /// CPU time so far, by process.
    Map<String, Duration> cpuTimes();

    @Override
    void close();
}
