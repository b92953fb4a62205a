package io.holdfast.benchmarks.compare;

import io.holdfast.benchmarks.process.Child;
import java.io.IOException;
import java.util.Optional;

/// What is compared: something that forwards requests to the origins.
sealed interface Proxy permits Holdfast, StockSpring, Nginx, HaProxy {
    /// In the table, and of its log: `nginx-least_conn`.
    String name();

    /// What would have to be installed or built; empty where all is there.
    Optional<String> missing();

    /// Starts it on `port`. It may not be ready when this returns.
    Child start(Bench bench, int port) throws IOException;
}
