package io.holdfast.balancing.strategy;

import io.holdfast.balancing.signal.Signals;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Keeps requests of one key together at one instance, so that what it caches is of use, but gives
/// none more than a quarter above its share of what is in flight: then the next one on the [Ring]
/// takes over (Mirrokni, Thorup, Zadimoghaddam, "Consistent Hashing with Bounded Loads", 2018, which
/// proves that such a limit c = 1.25 moves few keys). The limit of an instance of weight w, with m
/// requests in flight over all, is ⌈c·(m + 1)·w ÷ Σw⌉; as these sum up to more than m, there is
/// always an instance below its limit.
///
/// An instance in its slow start takes a growing part of its keys, always the same ones; the others
/// go on to the next instance. Requests without a key get a random one.
public final class ConsistentHash implements Balancer {
    private static final double BOUND = 1.25;

    private final AtomicInteger inFlight;
    private final RandomGenerator random;
    private volatile @Nullable Ring last;

    /// @param inFlight counts the requests of all instances together
    public ConsistentHash(AtomicInteger inFlight, RandomGenerator random) {
        this.inFlight = inFlight;
        this.random = random;
    }

    @Override
    public Picker over(Signals[] instances) {
        Ring ring = last;
        if (ring == null || !ring.fits(instances)) {
            ring = new Ring(instances);
            last = ring;
        }
        return new Walk(instances, ring);
    }

    @Override
    public Balancer fork(AtomicInteger inFlight) {
        ConsistentHash fork = new ConsistentHash(inFlight, random);
        fork.last = last;
        return fork;
    }

    private final class Walk implements Picker {
        private final Signals[] instances;
        private final long[] hashes;
        private final Ring ring;
        private final double total;

        Walk(Signals[] instances, Ring ring) {
            this.instances = instances;
            this.ring = ring;
            hashes = new long[instances.length];
            double sum = 0;
            for (int i = 0; i < instances.length; i++) {
                hashes[i] = Hash.of(instances[i].id());
                sum += instances[i].configuredWeight();
            }
            total = sum;
        }

        @Override
        public int pick(long key) {
            return walk(key == 0 ? random.nextLong() : key, null);
        }

        @Override
        public int pick(long key, BitSet tried, RandomGenerator random) {
            int next = walk(key == 0 ? random.nextLong() : key, tried);
            return tried.get(next) ? Draw.untried(tried, size(), random) : next;
        }

        private int walk(long key, @Nullable BitSet tried) {
            double perWeight = BOUND * (inFlight.get() + 1) / total;
            int point = ring.find(key);
            int first = -1;
            for (int i = 0; i < ring.length(); i++) {
                int owner = ring.owner(point);
                if (tried == null || !tried.get(owner)) {
                    first = first < 0 ? owner : first;
                    if (takes(owner, key, perWeight)) {
                        return owner;
                    }
                }
                point = ring.after(point);
            }
            return Math.max(0, first); // all in their slow start, or changing while we looked
        }

        private boolean takes(int owner, long key, double perWeight) {
            Signals instance = instances[owner];
            double limit = Math.ceil(perWeight * instance.configuredWeight());
            return instance.outstanding() < limit
                    && (instance.ramp() >= 1 || Hash.fraction(Hash.mix(key ^ hashes[owner])) < instance.ramp());
        }

        @Override
        public int size() {
            return instances.length;
        }

        @Override
        public Score score(int index) {
            double limit = Math.ceil(BOUND * (inFlight.get() + 1) / total * instances[index].configuredWeight());
            return Scores.of(
                    instances[index].outstanding(),
                    "outstanding; its keys move on to the next instance from %.0f on",
                    limit);
        }
    }
}
