package io.holdfast.signals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/// How many CPUs this process may use: the control group's quota, which may be a fraction, and at
/// most the processors there are. The JVM knows the quota too, but only tells it rounded up.
///
/// The files are those of the Linux kernel's documentation: `cpu.max` holds quota and period in
/// version 2 of control groups; `cpu.cfs_quota_us` and `cpu.cfs_period_us` do in version 1. Each is looked
/// for where `/proc/self/cgroup` says, and at the root, which is where a container finds its own.
record CpuLimit(Path root, int processors) {
    static CpuLimit ofThisProcess() {
        return new CpuLimit(Path.of("/"), Runtime.getRuntime().availableProcessors());
    }

    double cpus() {
        return Math.min(quota().orElse(processors), processors);
    }

    /// A machine may use both versions at once; the controller of the CPU is then in one of them.
    private OptionalDouble quota() {
        OptionalDouble quota = OptionalDouble.empty();
        for (String line : lines("proc/self/cgroup")) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3) {
                quota = first(quota, quota(List.of(parts[1].split(",")), parts[2]));
            }
        }
        return first(quota, first(version2("/"), version1("/")));
    }

    private OptionalDouble quota(List<String> controllers, String group) {
        return controllers.contains("")
                ? version2(group)
                : controllers.contains("cpu") ? version1(group) : OptionalDouble.empty();
    }

    private OptionalDouble version2(String group) {
        List<String> lines = lines("sys/fs/cgroup" + group + "/cpu.max");
        String[] max = lines.isEmpty() ? new String[0] : lines.getFirst().trim().split(" ");
        return max.length == 2 ? share(max[0], max[1]) : OptionalDouble.empty();
    }

    private OptionalDouble version1(String group) {
        List<String> quota = lines("sys/fs/cgroup/cpu" + group + "/cpu.cfs_quota_us");
        List<String> period = lines("sys/fs/cgroup/cpu" + group + "/cpu.cfs_period_us");
        return quota.isEmpty() || period.isEmpty()
                ? OptionalDouble.empty()
                : share(quota.getFirst().trim(), period.getFirst().trim());
    }

    /// Empty where there is no limit: `max` in version 2, -1 in version 1.
    private static OptionalDouble share(String quota, String period) {
        try {
            double share = Double.parseDouble(quota) / Double.parseDouble(period);
            return share > 0 && Double.isFinite(share) ? OptionalDouble.of(share) : OptionalDouble.empty();
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }

    private static OptionalDouble first(OptionalDouble a, OptionalDouble b) {
        return a.isPresent() ? a : b;
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file));
        } catch (IOException _) {
            return List.of(); // not Linux, or no such group: then there is no limit to read
        }
    }
}
