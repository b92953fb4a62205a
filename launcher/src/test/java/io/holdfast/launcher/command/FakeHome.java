package io.holdfast.launcher.command;

import io.holdfast.launcher.directory.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/// A project folder whose services are fake. All tests share one, and so what the launcher prepares
/// there once for each jar.
record FakeHome(Path folder) {
    private static final class Holder {
        private static final FakeHome SHARED = make();
    }

    static FakeHome shared() {
        return Holder.SHARED;
    }

    private static FakeHome make() {
        try {
            FakeHome home = new FakeHome(Files.createTempDirectory("holdfast-home-"));
            Runtime.getRuntime().addShutdownHook(new Thread(home::delete, "delete-home"));
            for (String module : List.of("gateway-service", "app-service", "storage-service")) {
                Path target = Files.createDirectories(home.folder.resolve(module, "target"));
                writeJar(target.resolve(module + "-1.jar"));
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        String entry = FakeService.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream in = FakeService.class.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new JarEntry(entry));
            if (in == null) {
                throw new IOException(entry + " is missing");
            }
            in.transferTo(out);
        }
    }

    /// The processes whose command lines name this folder: services by their jars, Redis by its data.
    Stream<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()));
    }

    private void delete() {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
