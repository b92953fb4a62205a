package io.holdfast.launcher.jvm;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.process.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A service of the platform: the module it is built in and the size of its JVM.
///
/// @param directMegabytes bound of the memory for network buffers
public record Service(Role role, String module, int heapMegabytes, int directMegabytes) {
    public static final Service GATEWAY = new Service(Role.GATEWAY, "gateway-service", 128, 64);
    public static final Service APP = new Service(Role.APP, "app-service", 160, 32);
    public static final Service STORAGE = new Service(Role.STORAGE, "storage-service", 160, 48);
    private static final String OPTIONS = "HOLDFAST_JVM_OPTIONS";

    public static final List<Service> ALL = List.of(STORAGE, APP, GATEWAY);

    /// Bounds that keep the platform small, and what lets five of these start together on two cores:
    ///
    /// - An instance that runs out of memory ends and is started again, rather than limping.
    /// - The AOT cache is mapped where it was made for. Elsewhere its pages would have to be adjusted, and
    ///   so copied, for each process.
    /// - The young generation begins with what a start allocates in a few collections; with the JVM's own
    ///   choice, eleven of them took a tenth of the processor time of an app service's start.
    /// - Which beans there are was found out by the build (Spring's ahead-of-time processing).
    /// - Compiled code and the heap lie in huge pages where there are some, for there are fewer of them to look up:
    ///   that saves some 4 % of a request's processor time, for 3 MiB of memory a service.
    /// - Only the fast compiler is used: the optimising one takes a third of the processor time of a
    ///   start, and five processes compete with it for minutes.
    ///
    /// What `HOLDFAST_JVM_OPTIONS` holds comes last and so wins.
    List<String> jvmOptions() {
        List<String> options = new ArrayList<>(List.of(
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xms48m",
                "-XX:NewSize=24m",
                "-Xmx" + heapMegabytes + "m",
                "-Xss512k",
                "-XX:MaxMetaspaceSize=128m",
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:MaxDirectMemorySize=" + directMegabytes + "m",
                "-XX:TrimNativeHeapInterval=5000",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "-XX:TieredStopAtLevel=1",
                "-Dspring.aot.enabled=true",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        if (HugePages.available()) {
            options.add("-XX:+UseTransparentHugePages");
        }
        Stream.of(System.getenv().getOrDefault(OPTIONS, "").split("\\s+"))
                .filter(option -> !option.isEmpty())
                .forEach(options::add);
        return options;
    }

    /// The jar that the build made.
    ///
    /// @param home the project's folder
    public Path jar(Path home) {
        Path target = home.resolve(module).resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(this::isServiceJar)
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .orElseThrow(() -> notBuilt(target, null));
        } catch (IOException e) {
            throw notBuilt(target, e);
        }
    }

    private boolean isServiceJar(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(module + "-")
                && name.endsWith(".jar")
                && Stream.of("-plain", "-sources", "-javadoc", "-tests")
                        .noneMatch(kind -> name.endsWith(kind + ".jar"));
    }

    private LauncherException notBuilt(Path target, @Nullable IOException cause) {
        String message = "There is no " + module + " jar in " + target + ". Build it with: mvn -DskipTests package";
        return cause == null ? new LauncherException(message) : new LauncherException(message, cause);
    }
}
