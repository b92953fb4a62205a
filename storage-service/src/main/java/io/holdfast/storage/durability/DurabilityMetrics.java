package io.holdfast.storage.durability;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells operators how writes are confirmed, and once each when they cease to be and when they are
/// again. Thread-safe.
final class DurabilityMetrics {
    private static final Logger log = LoggerFactory.getLogger(DurabilityMetrics.class);

    private final DistributionSummary group;
    private final Timer wait;
    private final Counter unconfirmed;
    private final Counter unconfirmedReads;
    private final Set<String> silent = new ConcurrentSkipListSet<>();

    DurabilityMetrics(MeterRegistry meters) {
        this.group = DistributionSummary.builder("holdfast.storage.durability.group")
                .description("Writes that shared a wait for replicas or disks")
                .register(meters);
        this.wait = Timer.builder("holdfast.storage.durability.wait")
                .description("Time from sending a group of writes until replicas or disks confirmed it")
                .register(meters);
        this.unconfirmed = Counter.builder("holdfast.storage.durability.unconfirmed")
                .description("Writes that were applied and not confirmed in their time")
                .register(meters);
        this.unconfirmedReads = Counter.builder("holdfast.storage.durability.unconfirmed.reads")
                .description("Linearizable reads that not all replicas confirmed in their time")
                .register(meters);
    }

    void waited(int writes, long nanos) {
        group.record(writes);
        wait.record(nanos, TimeUnit.NANOSECONDS);
    }

    void unconfirmed(boolean read) {
        (read ? unconfirmedReads : unconfirmed).increment();
    }

    void confirming(String primary, boolean confirmed) {
        if (confirmed) {
            if (silent.remove(primary)) {
                log.info("Writes to the primary {} are confirmed again", primary);
            }
        } else if (silent.add(primary)) {
            log.warn("Writes to the primary {} are not confirmed: it has too few replicas in sync", primary);
        }
    }

    /// The primaries whose writes are not confirmed at the moment.
    Set<String> silent() {
        return new TreeSet<>(silent);
    }
}
