package io.holdfast.launcher.command;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.directory.DataDirectory;
import io.holdfast.launcher.directory.Script;
import io.holdfast.launcher.platform.PlatformSize;
import io.holdfast.launcher.platform.RedisChoice;
import io.holdfast.launcher.startup.Launch;
import io.holdfast.launcher.supervisor.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = "Starts the platform and keeps it running until Ctrl-C. What dies is reported and started again.",
        sortOptions = false)
final class Up implements Callable<Integer> {
    static final String REDIS_PASSWORD = "HOLDFAST_REDIS_PASSWORD";

    @Option(names = "--detach", description = "Run in the background; return when everything is ready.")
    private boolean detach;

    @Option(
            names = "--apps",
            paramLabel = "N",
            defaultValue = "2",
            description = "App services. Default: ${DEFAULT-VALUE}.")
    private int apps;

    @Option(
            names = "--storages",
            paramLabel = "N",
            defaultValue = "2",
            description = "Storage services. Default: ${DEFAULT-VALUE}.")
    private int storages;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "The gateway's port; the others follow from it. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--redis",
            paramLabel = "REDIS",
            defaultValue = "cluster",
            description = "'cluster' (three primaries, three replicas), 'single', or HOST:PORT,… of an existing"
                    + " Redis Cluster, whose password is taken from " + REDIS_PASSWORD + ". Default: ${DEFAULT-VALUE}.")
    private String redis = "cluster";

    @Option(
            names = "--redis-password-file",
            paramLabel = "FILE",
            description = "A file with the password of the existing Redis.")
    private @Nullable Path redisPasswordFile;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException, IOException {
        DataDirectory directory = data.directory();
        PlatformSize size = new PlatformSize(port, apps, storages, RedisChoice.parse(redis));
        Session.makeOwn();
        if (detach) {
            directory.create();
            Background background = Background.logTo(directory);
            start(directory, size, background.console());
            background.leave(Script.own().command("down", directory));
        } else {
            start(directory, size, Console.standard());
        }
        new CountDownLatch(1).await();
        return 0;
    }

    private void start(DataDirectory directory, PlatformSize size, Console console)
            throws InterruptedException, IOException {
        Launch launch = new Launch(
                Script.own().home(),
                directory,
                size,
                existingPassword(),
                console,
                () -> Thread.ofPlatform().start(() -> System.exit(0)));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(launch), "shutdown"));
        launch.start();
    }

    private String existingPassword() throws IOException {
        if (redisPasswordFile == null) {
            return Optional.ofNullable(System.getenv(REDIS_PASSWORD)).orElse("");
        }
        if (!Files.isReadable(redisPasswordFile)) {
            throw new LauncherException("The file " + redisPasswordFile
                    + " of --redis-password-file cannot be read. Correct its name or its permissions.");
        }
        return Files.readString(redisPasswordFile).strip();
    }

    private static void close(Launch launch) {
        try {
            launch.close();
        } catch (IOException e) {
            System.err.println("holdfast: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        }
    }
}
