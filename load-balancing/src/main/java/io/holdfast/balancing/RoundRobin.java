package io.holdfast.balancing;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Rotates through the snapshot. The position survives changes of membership, so one instance may
/// be picked twice in a row then; fairness holds over many picks.
final class RoundRobin implements Balancer {
    private final AtomicInteger next;

    RoundRobin() {
        this(0);
    }

    RoundRobin(int start) {
        next = new AtomicInteger(start);
    }

    @Override
    public Instance pick(List<Instance> live, RequestKey key) {
        return live.get(Integer.remainderUnsigned(next.getAndIncrement(), live.size()));
    }
}
