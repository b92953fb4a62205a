package io.holdfast.storage.api.wire;

/// What both sides of a call know of its HTTP request besides its body.
public final class CallContract {
    /// Takes operations by POST.
    public static final String PATH = "/storage/v1/operations";

    /// `true` where the operations belong to several requests: each is tried once, and what fails for a passing
    /// reason is answered as failed instead of being repeated.
    public static final String BATCH_HEADER = "Holdfast-Batch";

    private CallContract() {}
}
