package io.holdfast.benchmarks.origin;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongSupplier;

/// Slots to work in, with a queue before them: what makes an origin slow under load and not merely late.
/// Belongs to one thread.
final class Capacity {
    private final LongSupplier nanoClock;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int slots;
    private int places;
    private int busy;
    private boolean starting;
    private long busyNanos;
    private long changedNanos;

    /// @param slots 0 for any number
    Capacity(int slots, int places, LongSupplier nanoClock) {
        this.slots = slots;
        this.places = places;
        this.nanoClock = nanoClock;
        changedNanos = nanoClock.getAsLong();
    }

    void resize(int newSlots, int newPlaces) {
        slots = newSlots;
        places = newPlaces;
        startWaiting();
    }

    /// Starts the work now or when a slot is free. Whoever started calls [#leave()] at the end. Returns
    /// false where the queue is full.
    boolean enter(Runnable work) {
        if (hasSlot()) {
            begin(work);
            return true;
        }
        return waiting.size() < places && waiting.add(work);
    }

    void leave() {
        advance();
        busy--;
        startWaiting();
    }

    /// Work that takes no time leaves while it is being started; then the loop that started it goes on.
    private void startWaiting() {
        if (starting) {
            return;
        }
        starting = true;
        while (hasSlot() && !waiting.isEmpty()) {
            begin(waiting.remove());
        }
        starting = false;
    }

    private boolean hasSlot() {
        return slots == 0 || busy < slots;
    }

    private void begin(Runnable work) {
        advance();
        busy++;
        work.run();
    }

    private void advance() {
        long now = nanoClock.getAsLong();
        busyNanos += busy * (now - changedNanos);
        changedNanos = now;
    }

    int slots() {
        return slots;
    }

    int busy() {
        return busy;
    }

    int waiting() {
        return waiting.size();
    }

    /// Time that slots were busy, summed over them. Its growth ÷ (time × slots) is the utilisation.
    long busyNanos() {
        advance();
        return busyNanos;
    }
}
