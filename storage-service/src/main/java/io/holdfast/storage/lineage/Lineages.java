package io.holdfast.storage.lineage;

import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.durability.DurableScripts;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.redis.Redis;
import io.holdfast.storage.redis.Script;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/// Asks partitions for their lineage. Thread-safe.
final class Lineages {
    private static final Script LINEAGE = Script.load("clock", "lineage");
    private static final Script LOST = Script.load("lost");
    private static final byte[] LOOK = ascii("look");
    private static final byte[] TELL = ascii("tell");

    private final Redis redis;
    private final DurableScripts scripts;

    Lineages(Redis redis, DurableScripts scripts) {
        this.redis = redis;
        this.scripts = scripts;
    }

    /// A lineage, and how many acknowledged writes are known to be lost with the change to an incarnation.
    record Told(Lineage lineage, Map<String, Long> lost) {}

    /// Notes the primary's incarnation where it is new.
    ///
    /// @return the partition's incarnation, empty where nothing was ever written
    CompletionStage<String> look(Partition partition) {
        return redis.<List<byte[]>>run(LINEAGE, ScriptOutputType.MULTI, keys(partition), LOOK)
                .thenApply(answer -> Lineage.of(answer.getFirst(), List.of()).incarnation());
    }

    /// Tells the lineage, confirmed by all replicas: no replaced primary answers.
    ///
    /// @return fails with a [io.holdfast.contract.problem.ProblemException] where they do not confirm it
    CompletionStage<Told> tell(Partition partition, Deadline deadline) {
        return scripts.<List<Object>>read(LINEAGE, ScriptOutputType.MULTI, deadline, keys(partition), TELL)
                .thenApply(Lineages::told);
    }

    /// The same, as the primary has it, whoever that is now.
    CompletionStage<Told> tellUnconfirmed(Partition partition) {
        return redis.<List<Object>>run(LINEAGE, ScriptOutputType.MULTI, keys(partition), TELL)
                .thenApply(Lineages::told);
    }

    /// Notes writes that are known to be lost. It may be repeated until all replicas confirm it, whatever came of it
    /// before.
    ///
    /// @return fails with a [io.holdfast.contract.problem.ProblemException] where they do not
    CompletionStage<Long> note(LossNote note, Deadline deadline) {
        Partition partition = note.partition();
        return scripts.read(
                LOST,
                ScriptOutputType.INTEGER,
                deadline,
                new byte[][] {partition.history(), partition.lost()},
                ascii(note.incarnation()),
                ascii(note.id()),
                ascii(Long.toString(note.writes())));
    }

    private static byte[][] keys(Partition partition) {
        return new byte[][] {partition.clock(), partition.history(), partition.lost()};
    }

    private static Told told(List<Object> answer) {
        List<byte[]> history = strings(answer.get(1));
        List<byte[]> counts = strings(answer.get(2));
        Map<String, Long> lost = new HashMap<>();
        for (int i = 0; i < counts.size(); i += 2) {
            String incarnation = Lineage.text(counts.get(i)).split(":", 2)[0];
            lost.merge(incarnation, Long.valueOf(Lineage.text(counts.get(i + 1))), Long::sum);
        }
        return new Told(Lineage.of((byte[]) answer.getFirst(), history), lost);
    }

    private static List<byte[]> strings(Object list) {
        List<byte[]> strings = new ArrayList<>();
        for (Object element : (List<?>) list) {
            strings.add((byte[]) element);
        }
        return strings;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
