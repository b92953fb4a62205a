package io.holdfast.balancing.spring.discovery;

import io.holdfast.balancing.spring.discovery.DnsAnswer.Address;
import io.holdfast.balancing.spring.discovery.DnsAnswer.Service;
import io.netty.handler.codec.dns.DnsRecordType;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Looks up where the instances behind one name are.
final class Lookup {
    private static final int TARGETS_AT_ONCE = 8;

    private final DnsClient client;
    private final DnsName name;

    Lookup(DnsClient client, DnsName name) {
        this.client = client;
        this.name = name;
    }

    /// @param weights of the instances, never empty
    record Found(Map<URI, Double> weights, long ttlSeconds) {}

    private record Endpoint(URI uri, double weight, long ttlSeconds) {}

    /// Fails with [DnsFailure], also where there is nothing: that is nothing to act on.
    Mono<Found> find() {
        return client.ask(name.name(), name.type().type())
                .flatMapMany(answer -> name.type() == AddressRecord.SRV ? targets(answer) : addresses(answer))
                .sort(Comparator.comparing(Endpoint::uri))
                .collectList()
                .map(this::found);
    }

    private Found found(List<Endpoint> endpoints) {
        if (endpoints.isEmpty()) {
            throw new DnsFailure("there are no %s records".formatted(name.type()));
        }
        Map<URI, Double> weights = new LinkedHashMap<>();
        endpoints.forEach(endpoint -> weights.putIfAbsent(endpoint.uri(), endpoint.weight()));
        return new Found(
                weights,
                endpoints.stream().mapToLong(Endpoint::ttlSeconds).min().orElseThrow());
    }

    private Flux<Endpoint> addresses(DnsAnswer answer) {
        int port = Objects.requireNonNull(name.port());
        return Flux.fromIterable(answer.addresses())
                .map(address -> new Endpoint(uri(address.address(), port), 1, address.ttlSeconds()));
    }

    /// The services of the best priority. A target `.` says that there is none, and a weight of zero
    /// that there is little reason to choose it (RFC 2782), which is the least weight here.
    private Flux<Endpoint> targets(DnsAnswer answer) {
        int best = answer.services().stream().mapToInt(Service::priority).min().orElse(0);
        return Flux.fromIterable(answer.services())
                .filter(service ->
                        service.priority() == best && !service.target().equals("."))
                .flatMap(service -> resolved(service, answer.glue()), TARGETS_AT_ONCE);
    }

    private Flux<Endpoint> resolved(Service service, List<Address> glue) {
        List<Address> known = glue.stream()
                .filter(address -> address.name().equals(service.target()))
                .toList();
        return (known.isEmpty() ? ask(service.target()) : Flux.fromIterable(known))
                .take(1)
                .map(address -> new Endpoint(
                        uri(address.address(), service.port()),
                        Math.max(1, service.weight()),
                        Math.min(address.ttlSeconds(), service.ttlSeconds())))
                .switchIfEmpty(
                        Mono.error(() -> new DnsFailure("the target %s has no address".formatted(service.target()))));
    }

    private Flux<Address> ask(String target) {
        return Stream.of(DnsRecordType.A, DnsRecordType.AAAA)
                .map(type -> client.ask(target, type).flatMapIterable(DnsAnswer::addresses))
                .reduce(Flux::switchIfEmpty)
                .orElseThrow();
    }

    private URI uri(InetAddress address, int port) {
        String host = address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        return URI.create(name.scheme() + "://" + host + ":" + port);
    }
}
