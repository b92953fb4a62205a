package io.holdfast.balancing.strategy;

import io.holdfast.balancing.signal.Signals;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Rotates through the snapshot. The position survives changes of membership, so one instance may
/// be picked twice in a row then; fairness holds over many picks. While instances are in their slow
/// start, turns go by how far they have come.
public final class RoundRobin implements Balancer {
    private final AtomicInteger next;
    private final AtomicLong ramping = new AtomicLong();

    public RoundRobin() {
        this(0);
    }

    RoundRobin(int start) {
        next = new AtomicInteger(start);
    }

    @Override
    public Picker over(Signals[] instances) {
        double[] ramps = Scores.ramps(instances);
        return Scores.equal(ramps)
                ? new Rotation(instances.length)
                : new Turns(ramps, new Stride(ramps, ramping), "turns by how far the slow start has come");
    }

    @Override
    public Balancer fork(AtomicInteger inFlight) {
        RoundRobin fork = new RoundRobin(next.get());
        fork.ramping.set(ramping.get());
        return fork;
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
