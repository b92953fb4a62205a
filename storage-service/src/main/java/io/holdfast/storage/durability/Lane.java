package io.holdfast.storage.durability;

import io.holdfast.storage.api.Reached;
import io.holdfast.storage.redis.Primaries;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One connection to one primary, and the thread that uses it. In turn it writes all that has gathered
/// and waits once for all of it, as `WAIT` and `WAITAOF` cover everything that their own connection
/// wrote before, and stop it until they are answered. Whoever comes meanwhile gathers for the next turn,
/// or is taken by another lane.
///
/// What is waited for stays with this connection. When the connection is lost, nobody can tell how far
/// it came, and it fails; that is noticed by counting losses, because Lettuce restores the
/// connection by itself and a wait on the restored one would cover nothing. For one thread.
final class Lane implements Runnable {
    private final String primary;
    private final int number;
    private final Primaries primaries;
    private final BlockingQueue<StrictWrite<?>> queue;
    private final Confirmation confirmation;
    private final DurabilityProperties properties;
    private final DurabilityMetrics metrics;
    private final boolean reads;

    private final AtomicLong losses = new AtomicLong();
    private final RedisConnectionStateListener counter = new RedisConnectionStateListener() {
        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
            losses.incrementAndGet();
        }
    };
    private final Set<String> knownScripts = new HashSet<>();
    private @Nullable StatefulRedisConnection<byte[], byte[]> connection;
    private long lossesBefore;
    private List<StrictWrite<?>> unconfirmed = new ArrayList<>();

    /// @param reads whether it is reads that are confirmed here; they are counted apart
    Lane(
            String primary,
            int number,
            Primaries primaries,
            BlockingQueue<StrictWrite<?>> queue,
            Confirmation confirmation,
            DurabilityProperties properties,
            DurabilityMetrics metrics,
            boolean reads) {
        this.reads = reads;
        this.primary = primary;
        this.number = number;
        this.primaries = primaries;
        this.queue = queue;
        this.confirmation = confirmation;
        this.properties = properties;
        this.metrics = metrics;
    }

    /// Ends when its thread is interrupted.
    @Override
    public void run() {
        try {
            while (true) {
                List<StrictWrite<?>> gathered = gather();
                try {
                    turn(gathered);
                } catch (RuntimeException e) {
                    lost(gathered, e);
                }
            }
        } catch (InterruptedException _) {
            fail(new ArrayList<>(), new RedisException("the storage service is shutting down"));
        }
    }

    /// Waits for something to do, unless there is something to wait for.
    private List<StrictWrite<?>> gather() throws InterruptedException {
        List<StrictWrite<?>> gathered = new ArrayList<>();
        if (unconfirmed.isEmpty()) {
            gathered.add(queue.take());
        }
        queue.drainTo(gathered, properties.groupSize() - gathered.size());
        return gathered;
    }

    private void turn(List<StrictWrite<?>> gathered) throws InterruptedException {
        RedisAsyncCommands<byte[], byte[]> commands = connect().async();
        gathered.removeIf(Lane::tooLate);
        for (StrictWrite<?> write : gathered) {
            write.send(commands, !knownScripts.add(write.script().digest()));
        }
        unconfirmed.addAll(gathered);
        long began = System.nanoTime();
        Reached reached = confirmation.await(commands, waitMillis());
        if (losses.get() != lossesBefore) {
            throw new RedisException("the connection was lost before replicas confirmed");
        }
        if (!reads) {
            metrics.waited(gathered.size(), System.nanoTime() - began);
            metrics.confirming(primary, confirmation.satisfiedBy(reached));
        }
        settle(reached);
    }

    /// Whoever asked may soon ask elsewhere, and then write something else: this must not come behind it.
    private static boolean tooLate(StrictWrite<?> write) {
        boolean late = write.waitUntil().passed();
        if (late) {
            write.fail(new RedisException("the write had to queue until its time was over"));
        }
        return late;
    }

    private StatefulRedisConnection<byte[], byte[]> connect() {
        StatefulRedisConnection<byte[], byte[]> current = primaries.connection(primary, number);
        if (!current.equals(connection)) {
            current.addListener(counter);
            losses.incrementAndGet();
            connection = current;
        }
        if (losses.get() != lossesBefore) {
            lossesBefore = losses.get();
            knownScripts.clear();
            if (!unconfirmed.isEmpty()) {
                throw new RedisException("the connection was lost before replicas confirmed");
            }
        }
        return current;
    }

    /// No longer than the write whose time is over first.
    private long waitMillis() {
        long least = properties.waitTimeout().toMillis();
        for (StrictWrite<?> write : unconfirmed) {
            least = Math.min(least, write.waitUntil().remaining().toMillis());
        }
        return Math.max(1, least);
    }

    private void settle(Reached reached) {
        List<StrictWrite<?>> still = new ArrayList<>();
        for (StrictWrite<?> write : unconfirmed) {
            if (write.failed()) {
                forget(write);
            } else if (confirmation.satisfiedBy(reached)) {
                complete(write, reached);
            } else if (write.waitUntil().passed()) {
                metrics.unconfirmed(reads);
                complete(write, reached);
            } else {
                still.add(write);
            }
        }
        unconfirmed = still;
    }

    /// The server may have been made to forget scripts.
    private void forget(StrictWrite<?> write) {
        primaries.lookAgain();
        try {
            write.answered().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RedisNoScriptException) {
                knownScripts.remove(write.script().digest());
            }
        }
    }

    /// The script's answer came before the wait's, on the same connection.
    private static <T> void complete(StrictWrite<T> write, Reached reached) {
        write.confirmed().complete(new Confirmed<>(write.answered().join(), reached));
    }

    private void lost(List<StrictWrite<?>> gathered, RuntimeException failure) {
        fail(gathered, failure);
        primaries.lookAgain();
    }

    private void fail(List<StrictWrite<?>> gathered, RuntimeException failure) {
        gathered.forEach(write -> write.fail(failure));
        unconfirmed.forEach(write -> write.fail(failure));
        unconfirmed = new ArrayList<>();
    }
}
