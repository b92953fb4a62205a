package io.holdfast.gateway.connection;

/// The targets an orchestrator asks. They are answered also when the gateway takes no further requests.
final class Probes {
    private Probes() {}

    static boolean contains(String target) {
        return target.equals("/livez") || target.equals("/readyz");
    }
}
