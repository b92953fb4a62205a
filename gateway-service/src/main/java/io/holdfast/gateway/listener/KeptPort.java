package io.holdfast.gateway.listener;

import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/// Has the public port's server accept from a socket that another process keeps, where one is configured, and leave
/// what comes to other gateways from the moment at which this one is to stop. Thread-safe.
final class KeptPort implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory>, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(KeptPort.class);

    private final ListenerProperties properties;
    private final ReactorResourceFactory resources;
    private final ConfigurableApplicationContext context;
    private volatile @Nullable KeptListener listener;
    private volatile boolean running;

    KeptPort(ListenerProperties properties, ReactorResourceFactory resources, ConfigurableApplicationContext context) {
        this.properties = properties;
        this.resources = resources;
        this.context = context;
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        Path socket = properties.socket();
        if (socket != null) {
            LoopResources loops = resources.getLoopResources();
            KeptListener taken = ask(socket, properties.patience(), loops.onServer(true), () -> lost(socket));
            ReactorResourceFactory own = new ReactorResourceFactory();
            own.setLoopResources(new KeptListenerLoops(loops, taken));
            factory.setResourceFactory(own);
            listener = taken;
        }
    }

    private static KeptListener ask(Path socket, Duration patience, EventLoopGroup loops, Runnable lost) {
        try {
            return KeptListener.ask(socket, patience, loops, lost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a listening socket", e);
        }
    }

    /// A socket whose keeper is gone may lie in a network that is gone with it, and nobody comes any more. Whoever
    /// restarts the gateway makes it ask again.
    private void lost(Path socket) {
        if (!context.isClosed()) {
            log.error(
                    "The process that keeps the public port ended ({}). Ending too, to ask for the port anew.", socket);
            Thread.ofPlatform()
                    .name("lost-listener")
                    .start(() -> System.exit(SpringApplication.exit(context, () -> 1)));
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        KeptListener accepting = listener;
        if (accepting != null) {
            accepting.pause();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Stopped first: clients are asked to leave after that.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
