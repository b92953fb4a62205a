package io.holdfast.launcher.process;

import java.util.function.BooleanSupplier;

/// What has to happen after a process died and before it is started again.
public interface BeforeRestart {
    /// Nothing.
    BeforeRestart NOTHING = _ -> {};

    /// Returns when the process may be started. Bounded in time by itself.
    ///
    /// @param wanted whether it still is to be started; false ends the waiting
    void complete(BooleanSupplier wanted) throws InterruptedException;
}
