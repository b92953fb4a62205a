package io.holdfast.gateway.routing;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.AddressUtils;

/// One client for each instance, so that no request's address is taken apart. They share their connections.
/// Thread-safe.
final class UpstreamClients {
    /// Instances come and go, so what is kept is thrown away when it is more than this.
    static final int MOST = 4_096;

    private final HttpClient client;
    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

    UpstreamClients(HttpClient client) {
        this.client = client;
    }

    /// @param instance `http` or `https`, host and port, with any path
    HttpClient of(URI instance) {
        String origin = instance.getScheme() + "://" + instance.getRawAuthority();
        HttpClient known = clients.get(origin);
        return known == null ? add(origin, instance) : known;
    }

    private HttpClient add(String origin, URI instance) {
        if (clients.size() >= MOST) {
            clients.clear();
        }
        return clients.computeIfAbsent(origin, _ -> to(instance));
    }

    private HttpClient to(URI instance) {
        boolean secure = instance.getScheme().equals("https");
        int port = instance.getPort() >= 0 ? instance.getPort() : secure ? 443 : 80;
        String host = instance.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        HttpClient addressed = client.remoteAddress(() -> AddressUtils.createUnresolved(bare, port));
        if (!secure) {
            return addressed.noSSL();
        }
        return addressed.configuration().isSecure() ? addressed : addressed.secure();
    }
}
