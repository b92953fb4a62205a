package io.holdfast.storage.contract;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What clients did with one register, and whether that is linearizable: whether there is an order of
/// the operations, each at a moment between its call and its answer, in which a register by itself would
/// have answered the same.
///
/// The search is that of Wing and Gong (Testing and Verification of Concurrent Objects, Journal of
/// Parallel and Distributed Computing 17, 1993): an operation may come next if no other one that is left
/// was answered before it was called. With Lowe's memory of what was tried (Testing for Linearizability,
/// Concurrency and Computation 29, 2017), the same set of operations that led to the same value is not
/// looked into twice. Not thread-safe.
final class RegisterHistory {
    private static final long NEVER = Long.MAX_VALUE;

    private final List<Operation> operations = new ArrayList<>();

    /// @param expected the value that was read, or that a compare-and-set found
    /// @param written the value that it left there
    /// @param answered when; never where nobody knows whether it took place
    private record Operation(String expected, String written, long called, long answered) {}

    private record Seen(BitSet done, String value) {}

    void read(String value, long called, long answered) {
        operations.add(new Operation(value, value, called, answered));
    }

    void compareAndSet(String expected, String written, long called, long answered) {
        operations.add(new Operation(expected, written, called, answered));
    }

    /// It may have taken place at any time since, or not at all.
    void unknownCompareAndSet(String expected, String written, long called) {
        operations.add(new Operation(expected, written, called, NEVER));
    }

    int size() {
        return operations.size();
    }

    boolean isLinearizable(String initial) {
        List<Operation> sorted = new ArrayList<>(operations);
        sorted.sort(Comparator.comparingLong(Operation::called));
        Set<Seen> seen = new HashSet<>();
        List<Seen> open = new ArrayList<>();
        open.add(new Seen(new BitSet(sorted.size()), initial));
        while (!open.isEmpty()) {
            Seen from = open.removeLast();
            if (isComplete(sorted, from.done())) {
                return true;
            }
            for (Seen next : next(sorted, from)) {
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return false;
    }

    private static boolean isComplete(List<Operation> sorted, BitSet done) {
        for (int i = done.nextClearBit(0); i < sorted.size(); i = done.nextClearBit(i + 1)) {
            if (sorted.get(i).answered() != NEVER) {
                return false;
            }
        }
        return true;
    }

    private static List<Seen> next(List<Operation> sorted, Seen from) {
        long firstAnswer = NEVER;
        List<Seen> next = new ArrayList<>();
        for (int i = from.done().nextClearBit(0);
                i < sorted.size();
                i = from.done().nextClearBit(i + 1)) {
            Operation operation = sorted.get(i);
            if (operation.called() > firstAnswer) {
                break;
            }
            firstAnswer = Math.min(firstAnswer, operation.answered());
            if (operation.expected().equals(from.value())) {
                BitSet done = (BitSet) from.done().clone();
                done.set(i);
                next.add(new Seen(done, operation.written()));
            }
        }
        return next;
    }
}
