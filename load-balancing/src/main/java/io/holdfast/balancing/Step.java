package io.holdfast.balancing;

import java.time.Duration;

/// What a request does next.
public sealed interface Step {
    /// Send it. The attempt has begun, and has to be ended.
    record Send(Attempt attempt) implements Step {}

    /// Nobody can be asked at the moment: wait, and ask for the next step again.
    record Wait(Duration pause) implements Step {}

    /// Tell the caller.
    record GiveUp(Reason reason) implements Step {}

    /// Why no attempt follows.
    enum Reason {
        /// The service has no instance.
        NO_INSTANCE,
        /// It may have been executed, and is not safe to repeat.
        NOT_REPEATABLE,
        /// It was sent as often as allowed.
        ATTEMPTS_SPENT,
        /// Too many other requests were tried again.
        BUDGET_SPENT,
        /// All instances fail most of what they get, so another one would not do better.
        ALL_FAILING,
        /// Its time is over.
        DEADLINE,
        /// Nobody could be reached for too long.
        PATIENCE
    }
}
