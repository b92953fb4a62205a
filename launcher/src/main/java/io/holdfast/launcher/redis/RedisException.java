package io.holdfast.launcher.redis;

import io.holdfast.launcher.LauncherException;

/// Redis could not be started, reached or formed into a cluster.
public final class RedisException extends LauncherException {
    public RedisException(String message) {
        super(message);
    }

    public RedisException(String message, Throwable cause) {
        super(message, cause);
    }
}
