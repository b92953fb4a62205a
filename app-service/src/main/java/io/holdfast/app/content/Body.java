package io.holdfast.app.content;

import io.holdfast.app.admission.MemoryBudget;

/// A body that was read whole, and the memory it counts for. Closing it gives the memory back.
///
/// @param bytes at most as many as were allowed
@SuppressWarnings("ArrayRecordComponent")
public record Body(byte[] bytes, MemoryBudget.Lease memory) implements AutoCloseable {
    @Override
    public void close() {
        memory.close();
    }
}
