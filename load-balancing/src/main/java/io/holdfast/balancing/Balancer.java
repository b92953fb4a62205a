package io.holdfast.balancing;

import java.util.List;

/// A strategy: picks one of `live`, a non-empty snapshot that never changes. Thread-safe; never
/// blocks, and allocates nothing, as it runs for every request. Signals of how an instance does are
/// read from the [Instance].
public interface Balancer {
    Instance pick(List<Instance> live, RequestKey key);
}
