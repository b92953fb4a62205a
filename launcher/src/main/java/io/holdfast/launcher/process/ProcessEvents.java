package io.holdfast.launcher.process;

import java.io.IOException;
import java.time.Duration;

/// What a supervised process has to tell. Called from its keeper; must not block for long.
public interface ProcessEvents {
    /// The process id or the state is another one.
    void changed(SupervisedProcess process);

    /// It ended although it was wanted; it is started again after the delay.
    void died(SupervisedProcess process, long pid, int exitValue, Duration delay);

    /// It could not even be started; that is tried again.
    void unstartable(SupervisedProcess process, IOException reason);

    /// It did not end within its grace and is ended by force.
    void stubborn(SupervisedProcess process);

    /// Its log could not be shortened.
    void logUnbounded(SupervisedProcess process, IOException reason);
}
