package io.holdfast.launcher.startup;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.directory.DataDirectory;
import io.holdfast.launcher.directory.Secrets;
import io.holdfast.launcher.jvm.PreparedService;
import io.holdfast.launcher.platform.Blueprint;
import io.holdfast.launcher.platform.PlatformSize;
import io.holdfast.launcher.platform.PortPlan;
import io.holdfast.launcher.platform.RedisChoice;
import io.holdfast.launcher.platform.RedisLocation;
import io.holdfast.launcher.platform.ServiceArguments;
import io.holdfast.launcher.process.BackOff;
import io.holdfast.launcher.process.ProcessPlan;
import io.holdfast.launcher.process.Role;
import io.holdfast.launcher.supervisor.Console;
import io.holdfast.launcher.supervisor.Supervisor;
import io.holdfast.launcher.supervisor.SupervisorState;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Runs a small platform of its own once, with data and ports of its own, has it work for some seconds,
/// and ends it, so that each service records an AOT cache of the classes it loaded, and of how its
/// code was compiled (JEP 483, 514 and 515). Without one a
/// service starts slower, and works all the same.
final class Rehearsal {
    // The JVM puts the cache together while it ends.
    private static final Duration RECORDING = Duration.ofMinutes(3);

    private final DataDirectory directory;
    private final Console console;
    private final Consumer<List<SupervisorState.Child>> recorder;

    /// @param directory where the small platform lives; removed afterwards
    /// @param recorder hears what runs, so that it can be ended should this process be killed
    Rehearsal(DataDirectory directory, Console console, Consumer<List<SupervisorState.Child>> recorder) {
        this.directory = directory;
        this.console = console;
        this.recorder = recorder;
    }

    void run(List<PreparedService> services) throws InterruptedException {
        List<PreparedService> recorded =
                services.stream().filter(PreparedService::lacksCache).toList();
        if (recorded.isEmpty()) {
            return;
        }
        console.say("Preparing fast starts (done once): a small platform rehearses for about a minute …");
        long start = System.nanoTime();
        try {
            directory.delete();
            directory.create();
            perform(services);
            directory.delete();
            console.say(
                    "Prepared in " + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
        } catch (IOException | LauncherException e) {
            console.say("Services start slower than they could, because the rehearsal failed: " + e.getMessage());
        }
    }

    private void perform(List<PreparedService> services) throws IOException, InterruptedException {
        Secrets secrets = new Secrets(directory);
        secrets.prepare();
        String password = secrets.ownRedisPassword();
        secrets.useRedisPassword(password);
        PlatformSize size = PortPlan.free(1, 1, new RedisChoice.Cluster());
        RedisLocation redis = RedisLocation.of(size, password);
        Blueprint blueprint = new Blueprint(size, directory);
        ServiceArguments arguments = new ServiceArguments(size, redis);
        try (PrintStream log = new PrintStream(directory.log("rehearsal").toFile(), StandardCharsets.UTF_8)) {
            Console quiet = new Console(log, console.clock());
            Supervisor supervisor = new Supervisor(quiet, BackOff.DEFAULT, recorder);
            try {
                List<ProcessPlan> plans = new ArrayList<>();
                services.forEach(service -> plans.addAll(blueprint.instances(
                        service.service().role(), arguments, service::recordingCommand, RECORDING)));
                new Startup(size, blueprint, redis, password, supervisor, quiet).start(plans);
                quiet.say(new Exercise(
                                url(size), Files.readString(directory.apiKey()).strip(), management(plans))
                        .run());
                supervisor.stop(process -> process.plan().role() != Role.REDIS);
            } finally {
                supervisor.close();
            }
        }
        for (PreparedService service : services) {
            service.adoptRecording();
        }
    }

    private static String url(PlatformSize size) {
        return "http://127.0.0.1:" + size.port();
    }

    private static List<Integer> management(List<ProcessPlan> plans) {
        return plans.stream().map(ProcessPlan::managementPort).toList();
    }
}
