package io.holdfast.gateway.routing;

import java.util.List;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientFactory;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.config.HttpClientSslConfigurer;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/// The stock client with [LoopConnections]: the event loops share the connections that are configured.
final class UpstreamClientFactory extends HttpClientFactory {
    UpstreamClientFactory(
            HttpClientProperties properties,
            ServerProperties server,
            HttpClientSslConfigurer ssl,
            List<HttpClientCustomizer> customizers) {
        super(properties, server, ssl, customizers);
    }

    @Override
    protected ConnectionProvider buildConnectionProvider(HttpClientProperties properties) {
        ConnectionProvider all = super.buildConnectionProvider(properties);
        ConnectionProvider.Builder builder = all.mutate();
        if (builder == null) {
            return all; // it pools nothing
        }
        int share = Math.max(1, Math.ceilDiv(all.maxConnections(), LoopResources.DEFAULT_IO_WORKER_COUNT));
        return new LoopConnections(() -> builder.maxConnections(share).build());
    }
}
