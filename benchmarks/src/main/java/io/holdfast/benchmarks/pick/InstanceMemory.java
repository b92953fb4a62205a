package io.holdfast.benchmarks.pick;

import io.holdfast.balancing.Strategy;
import io.holdfast.balancing.Upstream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/// What an instance takes on the heap: everything an upstream keeps, divided by its instances. Taken from
/// the heap's size after collections, before and after many of them were made.
final class InstanceMemory {
    private static final int UPSTREAMS = 40;

    private InstanceMemory() {}

    /// @param instances of each upstream
    static double bytes(Strategy strategy, int instances) {
        List<Upstream> kept = new ArrayList<>();
        kept.add(KnownInstances.upstream(strategy, instances)); // loads the classes
        try {
            long before = used();
            for (int i = 0; i < UPSTREAMS; i++) {
                kept.add(KnownInstances.upstream(strategy, instances));
            }
            return (double) (used() - before) / UPSTREAMS / instances;
        } finally {
            Reference.reachabilityFence(kept);
        }
    }

    private static long used() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < 3; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
