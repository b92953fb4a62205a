package io.holdfast.signals;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/// The load of this JVM. CPU is the process's own time over what its container may use. The
/// machine's load (`getCpuLoad`) would be the same for all instances on one machine, and would hold
/// others' work against each of them. Memory is the heap in use: of a container's memory a JVM holds
/// on to whatever it once touched, so that says little.
///
/// Not thread-safe: one caller at a time.
final class JvmLoad implements ProcessLoad {
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final CpuLimit limit;
    private long lastNanos = System.nanoTime();
    private long lastCpuNanos = system.getProcessCpuTime();

    JvmLoad(CpuLimit limit) {
        this.limit = limit;
    }

    /// The limit is read anew each time, as a container's may be changed while it runs.
    @Override
    public double cpu() {
        long now = System.nanoTime();
        long cpuNanos = system.getProcessCpuTime();
        double share = (double) (cpuNanos - lastCpuNanos) / Math.max(1, now - lastNanos) / limit.cpus();
        lastNanos = now;
        lastCpuNanos = cpuNanos;
        return Math.max(0, share);
    }

    @Override
    public double memory() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return heap.getMax() <= 0 ? 0 : (double) heap.getUsed() / heap.getMax();
    }
}
