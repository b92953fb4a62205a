package io.holdfast.launcher.startup;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.directory.DataDirectory;
import io.holdfast.launcher.directory.Secrets;
import io.holdfast.launcher.jvm.Preparation;
import io.holdfast.launcher.jvm.PreparedService;
import io.holdfast.launcher.jvm.Service;
import io.holdfast.launcher.platform.Blueprint;
import io.holdfast.launcher.platform.PlatformSize;
import io.holdfast.launcher.platform.RedisLocation;
import io.holdfast.launcher.platform.ServiceArguments;
import io.holdfast.launcher.process.BackOff;
import io.holdfast.launcher.process.ProcessIdentity;
import io.holdfast.launcher.process.ProcessPlan;
import io.holdfast.launcher.redis.AofCompaction;
import io.holdfast.launcher.supervisor.Console;
import io.holdfast.launcher.supervisor.ControlServer;
import io.holdfast.launcher.supervisor.DirectoryLock;
import io.holdfast.launcher.supervisor.Orphans;
import io.holdfast.launcher.supervisor.StateFile;
import io.holdfast.launcher.supervisor.StatusReport;
import io.holdfast.launcher.supervisor.Supervisor;
import io.holdfast.launcher.supervisor.SupervisorState;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Brings the whole platform up and keeps it up until [#close()].
public final class Launch {
    private static final int TOKEN_BYTES = 32;
    private static final Duration COMPACTION = Duration.ofSeconds(10);

    private final Path home;
    private final DataDirectory directory;
    private final PlatformSize size;
    private final String existingPassword;
    private final Console console;
    private final Runnable exit;
    private final Secrets secrets;
    private final StateFile stateFile;
    private final Supervisor supervisor;
    private final String token = token();

    private @Nullable DirectoryLock lock;
    private @Nullable ControlServer control;
    private volatile @Nullable StatusReport report;
    private volatile @Nullable AofCompaction compaction;
    private boolean ready;
    private List<SupervisorState.Child> children = List.of();

    /// @param home the project's folder, where the service jars are
    /// @param existingPassword the password of an existing Redis; empty for none
    /// @param exit ends this process, and so leads to [#close()]
    public Launch(
            Path home,
            DataDirectory directory,
            PlatformSize size,
            String existingPassword,
            Console console,
            Runnable exit) {
        this.home = home;
        this.directory = directory;
        this.size = size;
        this.existingPassword = existingPassword;
        this.console = console;
        this.exit = exit;
        this.secrets = new Secrets(directory);
        this.stateFile = StateFile.in(directory);
        this.supervisor = new Supervisor(console, BackOff.DEFAULT, this::record);
    }

    /// Returns when everything is ready.
    public void start() throws InterruptedException {
        directory.create();
        lock = DirectoryLock.acquire(directory);
        endOrphans();
        size.ports().requireFree();
        secrets.prepare();
        takeCommands();
        String password = size.redis().ownNodes() > 0 ? secrets.ownRedisPassword() : existingPassword;
        RedisLocation redis = RedisLocation.of(size, password);
        secrets.useRedisPassword(password);

        Blueprint blueprint = new Blueprint(size, directory);
        ServiceArguments arguments = new ServiceArguments(size, redis);
        List<PreparedService> services = prepare();
        report = new StatusReport(url(), supervisor, redis, password);
        List<ProcessPlan> plans = new ArrayList<>();
        services.forEach(service -> plans.addAll(blueprint.instances(service, arguments)));
        new Startup(size, blueprint, redis, password, supervisor, console).start(plans);
        if (size.redis().ownNodes() > 0) {
            compaction = new AofCompaction(redis.nodes(), password);
        }
        welcome();
    }

    private void endOrphans() throws InterruptedException {
        Optional<SupervisorState> earlier = stateFile.read();
        if (earlier.isPresent()) {
            Orphans.end(earlier.get(), console);
        }
    }

    private void takeCommands() {
        try {
            control = new ControlServer(
                    token, supervisor, () -> Optional.ofNullable(report).map(StatusReport::now), exit);
        } catch (IOException e) {
            throw new LauncherException("The launcher cannot listen on 127.0.0.1: " + e.getMessage(), e);
        }
        record(List.of());
    }

    private List<PreparedService> prepare() throws InterruptedException {
        Preparation preparation = new Preparation(directory.logs(), console::say);
        List<PreparedService> services = Service.ALL.stream()
                .map(service -> preparation.unpack(service, service.jar(home)))
                .toList();
        new Rehearsal(directory.rehearsal(), console, this::record).run(services);
        return services;
    }

    private String url() {
        return "http://127.0.0.1:" + size.port();
    }

    private void welcome() {
        StatusReport current = report;
        if (current != null) {
            new Welcome(current.now(), directory.apiKey()).lines().forEach(console::say);
        }
        synchronized (this) {
            ready = true;
            record(children);
        }
    }

    private synchronized void record(List<SupervisorState.Child> running) {
        children = running;
        stateFile.write(new SupervisorState(
                ProcessIdentity.current(), control == null ? "" : control.address(), token, url(), ready, running));
    }

    /// Stops everything gracefully. Does nothing if there is nothing to stop.
    public void close() throws InterruptedException, IOException {
        if (lock == null) {
            return;
        }
        stopProcesses();
        if (control != null) {
            control.close();
            stateFile.delete();
            console.say("Stopped.");
        }
        lock.close();
    }

    /// What Redis has to read at the next start is made shorter while the services stop.
    private void stopProcesses() throws InterruptedException {
        AofCompaction own = compaction;
        if (own == null) {
            supervisor.close();
            return;
        }
        own.begin();
        supervisor.close(() -> own.await(COMPACTION));
    }

    private static String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
