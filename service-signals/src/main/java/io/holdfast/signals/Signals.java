package io.holdfast.signals;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/// An answer whose signals outlive a reset, as error handlers do to answers.
final class Signals extends HttpServletResponseWrapper {
    private final @Nullable String load;
    private final boolean draining;

    Signals(HttpServletResponse answer, @Nullable String load, boolean draining) {
        super(answer);
        this.load = load;
        this.draining = draining;
    }

    /// The connection of an instance that stops ends with the answer: a caller that kept it would
    /// find it closed under the next request.
    Signals set() {
        if (load != null) {
            setHeader(SignalsFilter.LOAD, load);
        }
        if (draining) {
            setHeader(SignalsFilter.DRAINING, "true");
            setHeader("Connection", "close");
        }
        return this;
    }

    @Override
    public void reset() {
        super.reset();
        set();
    }
}
