package io.holdfast.signals;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuLimitTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    @Test
    void readsAFractionFromVersion2InAContainer() throws IOException {
        write("proc/self/cgroup", "0::/\n");
        write("sys/fs/cgroup/cpu.max", "50000 100000\n");
        assertThat(cpus(4)).isEqualTo(0.5);
    }

    @Test
    void readsVersion2OfANestedGroup() throws IOException {
        write("proc/self/cgroup", "0::/system.slice/app.service\n");
        write("sys/fs/cgroup/system.slice/app.service/cpu.max", "150000 100000\n");
        assertThat(cpus(4)).isEqualTo(1.5);
    }

    @Test
    void findsAGroupThatIsMountedAtTheRootUnderAnotherName() throws IOException {
        write("proc/self/cgroup", "0::/docker/0123\n");
        write("sys/fs/cgroup/cpu.max", "200000 100000\n");
        assertThat(cpus(4)).isEqualTo(2);
    }

    @Test
    void takesAllProcessorsWhereVersion2HasNoLimit() throws IOException {
        write("proc/self/cgroup", "0::/\n");
        write("sys/fs/cgroup/cpu.max", "max 100000\n");
        assertThat(cpus(3)).isEqualTo(3);
    }

    @Test
    void readsVersion1() throws IOException {
        write("proc/self/cgroup", "9:memory:/x\n3:cpu,cpuacct:/docker/0123\n");
        write("sys/fs/cgroup/cpu/docker/0123/cpu.cfs_quota_us", "25000\n");
        write("sys/fs/cgroup/cpu/docker/0123/cpu.cfs_period_us", "100000\n");
        assertThat(cpus(4)).isEqualTo(0.25);
    }

    @Test
    void readsTheVersionThatHasTheControllerWhereBothAreUsed() throws IOException {
        write("proc/self/cgroup", "1:cpu:/\n0::/\n");
        write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "100000\n");
        write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
        assertThat(cpus(4)).isEqualTo(1);
    }

    @Test
    void takesMinusOneOfVersion1AsNoLimit() throws IOException {
        write("proc/self/cgroup", "1:cpu:/\n");
        write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
        write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
        assertThat(cpus(2)).isEqualTo(2);
    }

    @Test
    void neverExceedsTheProcessors() throws IOException {
        write("proc/self/cgroup", "0::/\n");
        write("sys/fs/cgroup/cpu.max", "800000 100000\n");
        assertThat(cpus(2)).isEqualTo(2);
    }

    @Test
    void takesAllProcessorsWhereNothingCanBeRead() throws IOException {
        assertThat(cpus(2)).isEqualTo(2);
        write("proc/self/cgroup", "garbage\n0::/\n");
        write("sys/fs/cgroup/cpu.max", "many few\n");
        assertThat(cpus(2)).isEqualTo(2);
    }

    private double cpus(int processors) {
        return new CpuLimit(root, processors).cpus();
    }

    private void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
