package io.holdfast.launcher.startup;

import io.holdfast.launcher.platform.Blueprint;
import io.holdfast.launcher.platform.PlatformSize;
import io.holdfast.launcher.platform.RedisChoice;
import io.holdfast.launcher.platform.RedisLocation;
import io.holdfast.launcher.process.ProcessPlan;
import io.holdfast.launcher.process.Role;
import io.holdfast.launcher.process.SupervisedProcess;
import io.holdfast.launcher.redis.ClusterFormation;
import io.holdfast.launcher.redis.NodeAddress;
import io.holdfast.launcher.redis.RedisAdmin;
import io.holdfast.launcher.redis.RedisBinary;
import io.holdfast.launcher.supervisor.Console;
import io.holdfast.launcher.supervisor.Supervisor;
import java.time.Duration;
import java.util.List;

/// Starts the processes of one platform. Services and Redis start at the same time: a service takes
/// longer to start than Redis takes to answer, and one that comes first waits for it.
final class Startup {
    private static final Duration REDIS_PATIENCE = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final PlatformSize size;
    private final Blueprint blueprint;
    private final RedisLocation redis;
    private final String password;
    private final Supervisor supervisor;
    private final Console console;

    /// @param password of the Redis, empty for none
    Startup(
            PlatformSize size,
            Blueprint blueprint,
            RedisLocation redis,
            String password,
            Supervisor supervisor,
            Console console) {
        this.size = size;
        this.blueprint = blueprint;
        this.redis = redis;
        this.password = password;
        this.supervisor = supervisor;
        this.console = console;
    }

    /// Returns when everything is ready.
    void start(List<ProcessPlan> services) throws InterruptedException {
        boolean own = size.redis().ownNodes() > 0;
        if (own) {
            RedisBinary binary = RedisBinary.find();
            console.say("Starting " + binary + ", "
                    + (redis.cluster() ? "a cluster of " + redis.nodes().size() : "one server") + " …");
            supervisor.start(blueprint.redis(binary, password));
        }
        console.say("Starting " + size.storages() + " storage, " + size.apps() + " app and 1 gateway service …");
        supervisor.start(services);
        if (own) {
            awaitRedis();
        }
        supervisor.awaitReady(PATIENCE);
        if (own && redis.cluster()) {
            formation().awaitHealthy();
        }
    }

    private void awaitRedis() throws InterruptedException {
        supervisor.await("did not answer", REDIS_PATIENCE, this::answers);
        if (redis.cluster()) {
            ClusterFormation formation = formation();
            if (formation.formIfNeeded()) {
                formation.awaitHealthy();
            }
        }
    }

    private boolean answers(SupervisedProcess process) {
        if (process.plan().role() != Role.REDIS) {
            return true;
        }
        return new RedisAdmin(NodeAddress.local(process.plan().port()), password).answers();
    }

    private ClusterFormation formation() {
        return new ClusterFormation(redis.nodes(), RedisChoice.Cluster.PRIMARIES, password, REDIS_PATIENCE);
    }
}
