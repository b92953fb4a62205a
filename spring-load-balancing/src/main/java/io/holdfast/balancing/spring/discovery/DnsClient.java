package io.holdfast.balancing.spring.discovery;

import io.netty.channel.AddressedEnvelope;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStream;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/// Asks name servers, one after the other. What they say is taken whole or not at all: an answer
/// that was cut short, even after it was asked for again over TCP, would look like a service that
/// lost instances.
///
/// Netty's resolver sends the questions; its own way of resolving is not used, as it keeps answers,
/// and takes a part of one for the whole.
final class DnsClient implements AutoCloseable {
    private static final int MOST_ATTEMPTS = 3;

    private final DnsNameResolver resolver;
    private final DnsServerAddressStreamProvider servers;
    private final Duration timeout;

    DnsClient(EventLoop loop, List<NameServer> servers, Duration timeout) {
        this.servers = servers.isEmpty()
                ? DnsServerAddressStreamProviders.platformDefault()
                : new SequentialDnsServerAddressStreamProvider(
                        servers.stream().map(NameServer::address).toArray(InetSocketAddress[]::new));
        this.timeout = timeout;
        this.resolver = new DnsNameResolverBuilder(loop)
                .datagramChannelType(NioDatagramChannel.class)
                .socketChannelType(NioSocketChannel.class)
                .nameServerProvider(this.servers)
                .queryTimeoutMillis(timeout.toMillis())
                .resolveCache(NoopDnsCache.INSTANCE)
                .build();
    }

    /// Fails with [DnsFailure]. A name without such records is an empty answer.
    Mono<DnsAnswer> ask(String name, DnsRecordType type) {
        DnsQuestion question = new DefaultDnsQuestion(DnsAnswer.canonical(name), type);
        DnsServerAddressStream stream = servers.nameServerAddressStream(name);
        int attempts = Math.clamp(stream.size(), 1, MOST_ATTEMPTS);
        return Mono.defer(() -> ask(stream.next(), question)).retry(attempts - 1L);
    }

    private Mono<DnsAnswer> ask(InetSocketAddress server, DnsQuestion question) {
        return Mono.create(sink -> resolver.query(server, question).addListener(future -> {
            if (!future.isSuccess()) {
                sink.error(new DnsFailure("no answer from %s within %d ms".formatted(server, timeout.toMillis())));
                return;
            }
            @SuppressWarnings("unchecked") // the listener's type says less than the method's
            AddressedEnvelope<DnsResponse, InetSocketAddress> envelope =
                    (AddressedEnvelope<DnsResponse, InetSocketAddress>) future.getNow();
            try {
                sink.success(read(envelope.content()));
            } catch (RuntimeException e) {
                sink.error(e instanceof DnsFailure ? e : new DnsFailure("an unreadable answer: " + e));
            } finally {
                envelope.release();
            }
        }));
    }

    private static DnsAnswer read(DnsResponse response) {
        if (!response.code().equals(DnsResponseCode.NOERROR)) {
            throw new DnsFailure("the answer is " + response.code());
        }
        if (response.isTruncated()) {
            throw new DnsFailure("the answer is cut short");
        }
        return DnsAnswer.of(response);
    }

    @Override
    public void close() {
        resolver.close();
    }
}
