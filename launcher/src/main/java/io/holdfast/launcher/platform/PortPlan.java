package io.holdfast.launcher.platform;

import io.holdfast.launcher.LauncherException;
import io.holdfast.launcher.process.Role;
import io.holdfast.launcher.redis.RedisConf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Who listens where. All ports follow from the gateway's: app services right above it, storage
/// services a hundred above, Redis three hundred; management a thousand above each, and the cluster bus
/// ten thousand above each Redis.
public record PortPlan(PlatformSize size) {
    static final int SPAN = 300 + RedisChoice.Cluster.NODES + RedisConf.BUS_OFFSET;
    static final int HIGHEST_BASE = 65_535 - SPAN;

    private static final int STORAGE_OFFSET = 100;
    private static final int REDIS_OFFSET = 300;
    private static final int MANAGEMENT_OFFSET = 1000;
    private static final int CONNECT_MILLIS = 500;

    private static final int LOWEST_FREE = 11_000;
    private static final int HIGHEST_FREE = 20_000;
    private static final int ATTEMPTS = 100;

    /// A platform of this size on ports that nobody listens on, below the range from which systems take
    /// ports for outgoing connections.
    public static PlatformSize free(int apps, int storages, RedisChoice redis) {
        return ThreadLocalRandom.current()
                .ints(ATTEMPTS, LOWEST_FREE, HIGHEST_FREE)
                .mapToObj(port -> new PlatformSize(port, apps, storages, redis))
                .filter(size -> size.ports().taken().isEmpty())
                .findFirst()
                .orElseThrow(() -> new LauncherException("There are no free ports for a platform between " + LOWEST_FREE
                        + " and " + HIGHEST_FREE + "."));
    }

    /// A port and who is to have it.
    public record Use(String owner, int port) {}

    /// @param number counted from 1
    public int port(Role role, int number) {
        return size.port()
                + switch (role) {
                    case GATEWAY -> 0;
                    case APP -> number;
                    case STORAGE -> STORAGE_OFFSET + number;
                    case REDIS -> REDIS_OFFSET + number;
                };
    }

    public static int management(int port) {
        return port + MANAGEMENT_OFFSET;
    }

    List<Use> uses() {
        List<Use> uses = new ArrayList<>();
        addServices(uses, Role.GATEWAY, 1);
        addServices(uses, Role.APP, size.apps());
        addServices(uses, Role.STORAGE, size.storages());
        for (int i = 1; i <= size.redis().ownNodes(); i++) {
            int port = port(Role.REDIS, i);
            uses.add(new Use(Role.REDIS.instance(i), port));
            if (size.redis() instanceof RedisChoice.Cluster) {
                uses.add(new Use("the cluster bus of " + Role.REDIS.instance(i), port + RedisConf.BUS_OFFSET));
            }
        }
        return uses;
    }

    private void addServices(List<Use> uses, Role role, int count) {
        for (int i = 1; i <= count; i++) {
            int port = port(role, i);
            uses.add(new Use(role.instance(i), port));
            uses.add(new Use("the management of " + role.instance(i), management(port)));
        }
    }

    /// Makes sure that nobody else listens on any of the ports.
    public void requireFree() {
        List<Use> taken = taken();
        if (!taken.isEmpty()) {
            Use first = taken.getFirst();
            String others = taken.size() == 1 ? "" : " (and " + (taken.size() - 1) + " more of the platform's ports)";
            throw new LauncherException("Port " + first.port() + " for " + first.owner()
                    + " is taken by another process" + others + ". End that one, or choose other ports with --port.");
        }
    }

    private List<Use> taken() {
        return uses().stream().filter(use -> isTaken(use.port())).toList();
    }

    /// Binding alone does not tell everywhere: some systems let a program listen on one address of a port
    /// on which another one listens for all addresses.
    private static boolean isTaken(int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(loopback, port), CONNECT_MILLIS);
            return true;
        } catch (IOException _) {
            return !canListen(loopback, port);
        }
    }

    private static boolean canListen(InetAddress loopback, int port) {
        try (ServerSocket server = new ServerSocket()) {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(loopback, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
