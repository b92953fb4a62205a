package io.holdfast.storage.contract;

/// The contract over Valkey 8.1.
final class ValkeyEightIT extends ContainerContract {
    ValkeyEightIT() {
        super("valkey/valkey:8.1", "valkey_version:8.1");
    }
}
