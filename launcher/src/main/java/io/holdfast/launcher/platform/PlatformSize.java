package io.holdfast.launcher.platform;

import io.holdfast.launcher.LauncherException;

/// How many of what, from which port on.
///
/// @param port where the gateway listens; all other ports follow from it
public record PlatformSize(int port, int apps, int storages, RedisChoice redis) {
    /// More would run into the ports of the next tier.
    static final int MOST_REPLICAS = 99;

    public PlatformSize {
        requireReplicas("--apps", apps);
        requireReplicas("--storages", storages);
        int highest = PortPlan.HIGHEST_BASE;
        if (port < 1 || port > highest) {
            throw new LauncherException("--port must be from 1 to " + highest + ", not " + port
                    + ", because the other processes take ports up to " + PortPlan.SPAN + " above it.");
        }
    }

    private static void requireReplicas(String option, int count) {
        if (count < 1 || count > MOST_REPLICAS) {
            throw new LauncherException(option + " must be from 1 to " + MOST_REPLICAS + ", not " + count + ".");
        }
    }

    public PortPlan ports() {
        return new PortPlan(this);
    }
}
