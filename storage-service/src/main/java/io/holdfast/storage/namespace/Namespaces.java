package io.holdfast.storage.namespace;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.IdempotencyKey;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.durability.Confirmed;
import io.holdfast.storage.durability.DurableScripts;
import io.holdfast.storage.durability.Levels;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.partition.Partitions;
import io.holdfast.storage.redis.Attempts;
import io.holdfast.storage.redis.Redis;
import io.holdfast.storage.redis.Script;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/// The directory of namespaces, and how one comes and goes although it lies in many slots, of which
/// no script can change two.
///
/// A namespace has an **epoch**, the microsecond in which it was entered in the directory. Each
/// partition that holds records of it notes the epoch, and each record carries it; a record of
/// another epoch than its partition's does not exist. To **drop** a namespace:
///
/// 1. its directory entry becomes a note "drop under way", with a later epoch;
/// 2. each partition whose epoch is earlier takes the drop's and sets its index aside to be swept,
///    which makes all its records unreadable at once, however many there are;
/// 3. the note is removed.
///
/// If the service dies in between, the note is found by the next sweep of any storage service, or by
/// whoever drops or registers the namespace next, and the drop goes on at step 2. A writer that
/// registered before the drop shows an epoch that is earlier than the partition's and is sent back to
/// register again, so no record survives unlisted. Thread-safe.
public final class Namespaces {
    private static final Script REGISTER = Script.load("register");
    private static final Script DROP_BEGIN = Script.load("drop-begin");
    private static final Script DROP_PARTITION = Script.load("drop-partition");
    private static final Script DROP_END = Script.load("drop-end");

    private static final long KEY_REUSED = -1;

    private final Partitions partitions;
    private final Redis redis;
    private final DurableScripts scripts;
    private final Levels levels;
    private final Attempts attempts;

    Namespaces(Partitions partitions, Redis redis, DurableScripts scripts, Levels levels, Attempts attempts) {
        this.partitions = partitions;
        this.redis = redis;
        this.scripts = scripts;
        this.levels = levels;
        this.attempts = attempts;
    }

    /// Enters a namespace in the directory if it is not there.
    ///
    /// @return its epoch, and how far the entry has come
    public Confirmed<Long> register(Namespace namespace, Durability level, Deadline deadline) {
        Partition home = partitions.directoryOf(namespace);
        byte[][] keys = {home.directory(), home.drops()};
        while (true) {
            Confirmed<List<Long>> entered = attempts.one(
                    deadline,
                    () -> scripts.<List<Long>>run(
                            REGISTER,
                            ScriptOutputType.MULTI,
                            level,
                            deadline,
                            _ -> {},
                            keys,
                            utf8(namespace.qualifiedName())));
            List<Long> answer = entered.answer();
            if (answer.getFirst() > 0) {
                return new Confirmed<>(answer.getFirst(), entered.reached());
            }
            deadline.check();
            completeDrop(namespace, answer.getLast(), deadline);
        }
    }

    public boolean exists(Namespace namespace, Deadline deadline) {
        byte[] directory = partitions.directoryOf(namespace).directory();
        byte[] field = utf8(namespace.qualifiedName());
        return attempts.one(deadline, () -> redis.commands().hexists(directory, field));
    }

    /// The names of all namespaces of a kind, in order.
    public List<String> list(String kind, Deadline deadline) {
        String prefix = kind + ':';
        List<List<byte[]>> directories = attempts.all(
                deadline, partitions.all(), partition -> redis.commands().hkeys(partition.directory()));
        TreeSet<String> names = new TreeSet<>();
        for (List<byte[]> directory : directories) {
            for (byte[] entry : directory) {
                String qualifiedName = new String(entry, StandardCharsets.UTF_8);
                if (qualifiedName.startsWith(prefix)) {
                    names.add(qualifiedName.substring(prefix.length()));
                }
            }
        }
        return List.copyOf(names);
    }

    /// Drops a namespace with all its records.
    ///
    /// @return whether there was one
    public boolean drop(Namespace namespace, Deadline deadline) {
        Partition home = partitions.directoryOf(namespace);
        byte[][] keys = {home.directory(), home.drops()};
        long epoch = attempts.one(
                        deadline, () -> run(DROP_BEGIN, namespace, deadline, keys, utf8(namespace.qualifiedName())))
                .answer();
        if (epoch == 0) {
            return false;
        }
        completeDrop(namespace, epoch, deadline);
        return true;
    }

    /// Drops a namespace once. What is kept of it lies with its directory entry, and says which drop it
    /// was: whoever repeats it completes it, should it have been abandoned, and drops nothing that came
    /// into being since.
    public Outcome.Once dropOnce(Namespace namespace, IdempotencyKey key, Deadline deadline) {
        Partition home = partitions.directoryOf(namespace);
        byte[][] keys = {home.directory(), home.drops(), home.kept(key.token())};
        byte[][] arguments = {
            utf8(namespace.qualifiedName()),
            utf8(key.fingerprint()),
            utf8(Long.toString(key.keptFor().toMillis()))
        };
        long begun = attempts.one(deadline, () -> run(DROP_BEGIN, namespace, deadline, keys, arguments))
                .answer();
        if (begun == 0) {
            return new Outcome.First(new Outcome.Dropped(false));
        }
        if (begun == KEY_REUSED) {
            return new Outcome.KeyReused();
        }
        completeDrop(namespace, Math.abs(begun), deadline);
        Outcome dropped = new Outcome.Dropped(true);
        return begun < 0 ? new Outcome.Repeated(dropped, "") : new Outcome.First(dropped);
    }

    /// Brings a drop to its end, from wherever it stands. Several may do so at once.
    ///
    /// @throws ProblemException with [ProblemType#STORAGE_UNAVAILABLE] where partitions were out of reach
    public void completeDrop(Namespace namespace, long epoch, Deadline deadline) {
        byte[] name = utf8(namespace.qualifiedName());
        byte[] drop = utf8(Long.toString(epoch));
        attempts.all(deadline, partitions.all(), partition -> {
            byte[][] keys = {partition.epoch(namespace), partition.index(namespace), partition.swept()};
            return run(DROP_PARTITION, namespace, deadline, keys, name, drop);
        });
        byte[][] home = {partitions.directoryOf(namespace).drops()};
        attempts.one(deadline, () -> redis.<Long>run(DROP_END, ScriptOutputType.INTEGER, home, name, drop));
    }

    /// A drop that replicas do not confirm in time is complete all the same: what a failover brings back
    /// of it is dropped again with the next one.
    private CompletionStage<Confirmed<Long>> run(
            Script script, Namespace namespace, Deadline deadline, byte[][] keys, byte[]... arguments) {
        Durability level = levels.of(namespace);
        return scripts.run(script, ScriptOutputType.INTEGER, level, deadline, _ -> {}, keys, arguments);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
