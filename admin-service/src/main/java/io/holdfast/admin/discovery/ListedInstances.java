package io.holdfast.admin.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/// The instances that the DNS lists for the names of the services. A name that cannot be looked up has
/// none: what has gone is shown as gone. Thread-safe.
final class ListedInstances implements DiscoveryClient {
    private final WatchedProperties watched;

    ListedInstances(WatchedProperties watched) {
        this.watched = watched;
    }

    @Override
    public String description() {
        return "The instances that are configured, or listed in the DNS";
    }

    @Override
    public List<String> getServices() {
        return watched.services().keySet().stream().sorted().toList();
    }

    @Override
    public List<ServiceInstance> getInstances(String service) {
        WatchedProperties.Service found = watched.services().get(service);
        return found == null
                ? List.of()
                : addresses(found.host())
                        .flatMap(address ->
                                found.managementPorts().stream().map(port -> instance(service, address, port)))
                        .toList();
    }

    private static Stream<String> addresses(String host) {
        try {
            return Stream.of(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .sorted();
        } catch (UnknownHostException _) {
            return Stream.empty();
        }
    }

    /// The management port stands for the instance: it alone is reached from here.
    private static ServiceInstance instance(String service, String address, int port) {
        Map<String, String> metadata = Map.of("management.port", Integer.toString(port), "hide-url", "true");
        return new DefaultServiceInstance(
                service + "@" + address + ":" + port, service, address, port, false, metadata);
    }
}
