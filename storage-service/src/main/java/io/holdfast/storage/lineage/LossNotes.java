package io.holdfast.storage.lineage;

import io.holdfast.contract.request.Deadline;
import io.holdfast.storage.partition.Partition;
import io.holdfast.storage.redis.Attempted;
import io.holdfast.storage.redis.Attempts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes that are known to be lost, until all replicas of their partition have it noted: the number outlives the next
/// failover then. Used by one thread at a time.
final class LossNotes {
    private static final Logger log = LoggerFactory.getLogger(LossNotes.class);
    private static final int MOST = 4_096;

    private final Lineages lineages;
    private final Attempts attempts;
    private final Deque<LossNote> open = new ArrayDeque<>(); // the oldest first

    LossNotes(Lineages lineages, Attempts attempts) {
        this.lineages = lineages;
        this.attempts = attempts;
    }

    void add(Partition partition, String incarnation, long writes) {
        if (open.size() == MOST) {
            LossNote oldest = open.remove();
            log.warn(
                    "{} lost writes of partition {} are not noted: replicas have not confirmed it for too long",
                    oldest.writes(),
                    oldest.partition().number());
        }
        open.add(new LossNote(partition, incarnation, UUID.randomUUID().toString(), writes));
    }

    /// Has replicas confirm what they have not confirmed yet.
    void confirm(Deadline deadline) {
        if (open.isEmpty()) {
            return;
        }
        List<LossNote> notes = new ArrayList<>(open);
        List<Attempted<Long>> answers = attempts.each(deadline, notes, note -> lineages.note(note, deadline));
        for (int i = 0; i < notes.size(); i++) {
            if (answers.get(i) instanceof Attempted.Done<Long>) {
                open.remove(notes.get(i));
            }
        }
    }

    int unconfirmed() {
        return open.size();
    }
}
