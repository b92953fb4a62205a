package io.holdfast.storage.contract;

/// The contract over Redis 8.0.
final class RedisEightIT extends ContainerContract {
    RedisEightIT() {
        super("redis:8.0", "redis_version:8.0");
    }
}
