package io.holdfast.launcher.redis;

/// Redis could not be started, reached or formed into a cluster. The message is meant for people.
public final class RedisException extends RuntimeException {
    public RedisException(String message) {
        super(message);
    }

    public RedisException(String message, Throwable cause) {
        super(message, cause);
    }
}
