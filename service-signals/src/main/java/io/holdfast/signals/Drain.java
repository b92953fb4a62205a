package io.holdfast.signals;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Keeps the service going for a while after it was told to stop, so that callers can go elsewhere
/// before its doors close. It is the first to be stopped: the web server refuses new requests as soon
/// as its own turn comes. Thread-safe.
final class Drain implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    /// Without a request for this long, probes included, there is nobody to be told.
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Duration notice;
    private volatile boolean running;
    private volatile boolean draining;
    private volatile boolean called;
    private volatile long lastRequestNanos;

    Drain(DrainProperties properties) {
        notice = properties.notice();
    }

    /// Whether the service is about to stop. To be asked once for each request.
    boolean draining() {
        lastRequestNanos = System.nanoTime();
        called = true;
        return draining;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        draining = true;
        if (notice.isZero() || !called || System.nanoTime() - lastRequestNanos > QUIET_NANOS) {
            return;
        }
        log.info("Stopping in {} ms; callers are told to go elsewhere", notice.toMillis());
        try {
            Thread.sleep(notice);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Stopped before everything else, the web server's graceful shutdown included.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
