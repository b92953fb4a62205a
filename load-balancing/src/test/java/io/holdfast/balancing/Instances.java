package io.holdfast.balancing;

import java.net.URI;
import java.util.Arrays;
import java.util.List;

/// Instances for tests, named by their host.
final class Instances {
    private Instances() {}

    static List<URI> uris(String... hosts) {
        return Arrays.stream(hosts).map(host -> URI.create("http://" + host)).toList();
    }
}
