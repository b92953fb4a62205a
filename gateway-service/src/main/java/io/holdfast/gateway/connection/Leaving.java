package io.holdfast.gateway.connection;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/// Has clients leave before the gateway stops: from the moment it is told to, each answer is the last of
/// its connection and says so. Otherwise kept connections would be cut at the end, some of them just as
/// a client sends on them. Ends as soon as all have left, and after a while in any case. Thread-safe.
final class Leaving implements SmartLifecycle {
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final Admission connections;
    private final Duration notice;
    private volatile boolean running;
    private volatile boolean begun;

    Leaving(Admission connections, Duration notice) {
        this.connections = connections;
        this.notice = notice;
    }

    /// Whether the gateway is about to stop.
    boolean begun() {
        return begun;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        begun = true;
        long end = System.nanoTime() + notice.toNanos();
        try {
            while (connections.admitted() > 0 && System.nanoTime() < end) {
                Thread.sleep(GLANCE);
            }
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
