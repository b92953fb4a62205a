package io.holdfast.contract.request;

/// Tells the services behind the gateway who calls: the name of the API key's holder.
public final class CallerName {
    /// The request header that carries it. The gateway removes it from what clients send.
    public static final String HEADER = "Holdfast-Caller";

    private CallerName() {}
}
