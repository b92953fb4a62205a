package io.holdfast.storage.record;

import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Reached;
import java.util.List;

/// What came back for operations that travelled together.
sealed interface Answer {
    /// @param outcomes one for each operation
    /// @param reached how far all of what was written has come
    record Applied(List<? extends Outcome> outcomes, Reached reached) implements Answer {}

    /// Nothing was written: the namespace is not known here, or was registered before it was dropped.
    record Unregistered() implements Answer {}
}
