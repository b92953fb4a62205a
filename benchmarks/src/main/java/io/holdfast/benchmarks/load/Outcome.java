package io.holdfast.benchmarks.load;

/// What came of a request.
sealed interface Outcome {
    /// A whole answer.
    record Answered(int status) implements Outcome {
        boolean succeeded() {
            return status >= 200 && status < 300;
        }
    }

    /// No whole answer.
    record Failed(Kind kind) implements Outcome {}

    /// Given up on purpose.
    record Cancelled() implements Outcome {}

    enum Kind {
        /// All connections were in use and the queue before them was full, or the time was up in it.
        NOT_SENT("not-sent"),
        NOT_CONNECTED("not-connected"),
        /// The connection ended before the first byte of an answer.
        CLOSED("closed"),
        /// It ended after it.
        CUT_OFF("cut-off"),
        TIMED_OUT("timed-out"),
        /// What came was no HTTP.
        MALFORMED("malformed");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
