package io.holdfast.balancing.strategy;

import io.holdfast.balancing.signal.Signals;
import java.util.concurrent.atomic.AtomicInteger;

/// Rotates through the snapshot. The position survives changes of membership, so one instance may
/// be picked twice in a row then; fairness holds over many picks. While an instance is in its slow
/// start, the rotation is a weighted one.
public final class RoundRobin implements Balancer {
    private final AtomicInteger next;

    public RoundRobin() {
        this(0);
    }

    RoundRobin(int start) {
        next = new AtomicInteger(start);
    }

    @Override
    public Picker over(Signals[] instances) {
        return new Rotation(instances.length);
    }

    @Override
    public Balancer fork(AtomicInteger inFlight) {
        return new RoundRobin(next.get());
    }

    private final class Rotation implements Picker {
        private final int size;

        Rotation(int size) {
            this.size = size;
        }

        @Override
        public int pick(long key) {
            return Integer.remainderUnsigned(next.getAndIncrement(), size);
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public Score score(int index) {
            return new Score(1, "all take turns");
        }
    }
}
