package io.holdfast.balancing.spring.discovery;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// All services that are found in the DNS, on one thread of their own.
public final class Discoveries implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("dns-discovery", true), NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final List<DnsClient> clients = new ArrayList<>();
    private final List<DnsDiscovery> discoveries = new ArrayList<>();

    /// @param found hears the instances that were found and their weights, each time, on the thread of the discoveries
    public void add(String service, DnsName name, Consumer<Map<URI, Double>> found) {
        DnsClient client = new DnsClient(loop, name.servers(), name.timeout());
        clients.add(client);
        discoveries.add(new DnsDiscovery(service, name, client, loop, found));
    }

    public void start() {
        discoveries.forEach(DnsDiscovery::start);
    }

    public List<DnsDiscovery> all() {
        return List.copyOf(discoveries);
    }

    @Override
    public void close() {
        discoveries.forEach(DnsDiscovery::close);
        clients.forEach(DnsClient::close);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
