package io.holdfast.balancing;

import java.util.Locale;

/// What an instance is used for at the moment.
public enum InstanceState {
    /// Takes its full share.
    HEALTHY,

    /// Takes a growing share.
    SLOW_START,

    /// Said that it is stopping: keeps what it has, takes nothing new.
    DRAINING,

    /// Did worse than its peers: takes nothing for a while, and then a single request.
    EJECTED,

    /// Its last probe failed, or no connection could be made: takes nothing until a probe succeeds.
    UNHEALTHY;

    /// Whether it is picked while there is no need to pick others.
    public boolean usable() {
        return this == HEALTHY || this == SLOW_START;
    }

    /// As in configuration and answers: `slow-start`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
