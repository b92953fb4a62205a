package io.holdfast.benchmarks.compare;

/// How the origins behave, and what rate is asked for.
enum Scenario {
    /// CPU time is the question: origins answer at once, and the rate is far from what a proxy can do.
    CPU("cpu", 4000),

    /// All alike: 3,200 requests a second each.
    HEALTHY("healthy", 900),

    /// One is ten times slower, and can do a tenth: 320 requests a second, where its equal share is 300.
    SLOW("slow", 900),

    /// One fails in 1 ms, which makes it the least busy.
    FAILING("failing", 900),

    /// All of them do: whoever tries again makes it worse.
    ALL_FAILING("all-failing", 900),

    /// One cuts off every request and says that it is not ready, as one does that dies.
    DEAD("dead", 900),

    /// Capacities 1 : 2 : 4 (400, 800 and 1,600 a second) at 60 % of their sum.
    CAPACITY("capacity", 1680);

    private static final String ORDINARY = "service-time=exponential:5ms&concurrency=16";
    private static final String RESET = "failure=none&failure-share=1&ready=true&report=true&queue=10000&";

    private final String text;
    private final double rate;

    Scenario(String text, double rate) {
        this.text = text;
        this.rate = rate;
    }

    /// Requests a second, all origins together.
    double rate() {
        return rate;
    }

    /// What an origin is told, whatever it was told before. The first one is the odd one.
    String behaviour(int origin) {
        return RESET
                + switch (this) {
                    case CPU -> "service-time=fixed:0ms&concurrency=0";
                    case HEALTHY -> ORDINARY;
                    case SLOW -> origin == 0 ? "service-time=exponential:50ms&concurrency=16" : ORDINARY;
                    case FAILING -> origin == 0 ? ORDINARY + "&failure=status" : ORDINARY;
                    case ALL_FAILING -> ORDINARY + "&failure=status";
                    case DEAD -> origin == 0 ? ORDINARY + "&failure=cut-off&ready=false" : ORDINARY;
                    case CAPACITY -> "service-time=exponential:5ms&concurrency=" + (2 << origin);
                };
    }

    @Override
    public String toString() {
        return text;
    }
}
