package io.holdfast.test.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DefaultDnsResponse;
import io.netty.handler.codec.dns.DnsOpCode;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryDecoder;
import io.netty.handler.codec.dns.TcpDnsResponseEncoder;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A name server on a port of its own, over UDP and TCP, with the zone and the faults that a test
/// wants.
public final class TestDnsServer implements AutoCloseable {
    public enum Fault {
        NONE,
        SILENT,
        SERVFAIL,
        NXDOMAIN,
        /// As when the answer does not fit in a datagram; over TCP it is whole.
        CUT_OVER_UDP,
        CUT,
        GARBAGE
    }

    /// A port that is free for UDP may be taken for TCP.
    private static final int MOST_ATTEMPTS = 20;

    @SuppressWarnings("ArrayRecordComponent")
    private record Data(DnsRecordType type, long ttl, byte[] content) {}

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<String, List<Data>> zone = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;
    private Channel udp;
    private Channel tcp;
    private int port;

    public TestDnsServer() {
        for (int attempt = 1; ; attempt++) {
            udp = bindUdp(0).syncUninterruptibly().channel();
            port = ((InetSocketAddress) udp.localAddress()).getPort();
            ChannelFuture bound = bindTcp().awaitUninterruptibly();
            tcp = bound.channel();
            if (bound.isSuccess()) {
                return;
            }
            udp.close().syncUninterruptibly();
            if (attempt == MOST_ATTEMPTS) {
                throw new IllegalStateException("No port is free for both UDP and TCP", bound.cause());
            }
        }
    }

    private ChannelFuture bindUdp(int at) {
        return new Bootstrap()
                .group(group)
                .channel(NioDatagramChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder(), udpAnswers());
                    }
                })
                .bind("127.0.0.1", at);
    }

    private ChannelFuture bindTcp() {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new TcpDnsQueryDecoder(), new TcpDnsResponseEncoder(), tcpAnswers());
                    }
                })
                .bind("127.0.0.1", port);
    }

    private SimpleChannelInboundHandler<DatagramDnsQuery> udpAnswers() {
        return new SimpleChannelInboundHandler<>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
                questions.incrementAndGet();
                if (fault == Fault.GARBAGE) {
                    ByteBuf garbage = Unpooled.copiedBuffer("this is no answer", StandardCharsets.US_ASCII);
                    var _ = context.channel()
                            .pipeline()
                            .firstContext()
                            .writeAndFlush(new DatagramPacket(garbage, query.sender()));
                } else if (fault != Fault.SILENT) {
                    DnsResponse response = new DatagramDnsResponse(
                            /* sender= */ query.recipient(), /* recipient= */ query.sender(), query.id());
                    var _ = context.writeAndFlush(
                            filled(response, query, fault == Fault.CUT || fault == Fault.CUT_OVER_UDP));
                }
            }
        };
    }

    private SimpleChannelInboundHandler<DnsQuery> tcpAnswers() {
        return new SimpleChannelInboundHandler<>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, DnsQuery query) {
                DnsResponse response = new DefaultDnsResponse(query.id(), DnsOpCode.QUERY);
                var _ = context.writeAndFlush(filled(response, query, fault == Fault.CUT));
            }
        };
    }

    private DnsResponse filled(DnsResponse response, DnsQuery query, boolean cut) {
        DnsQuestion question = query.recordAt(DnsSection.QUESTION);
        response.addRecord(DnsSection.QUESTION, new DefaultDnsQuestion(question.name(), question.type()));
        response.setCode(
                switch (fault) {
                    case SERVFAIL -> DnsResponseCode.SERVFAIL;
                    case NXDOMAIN -> DnsResponseCode.NXDOMAIN;
                    default -> DnsResponseCode.NOERROR;
                });
        if (!response.code().equals(DnsResponseCode.NOERROR)) {
            return response;
        }
        List<Data> records = zone.getOrDefault(question.name(), List.of()).stream()
                .filter(data -> data.type().equals(question.type()))
                .toList();
        for (Data data : cut ? records.subList(0, Math.min(1, records.size())) : records) {
            response.addRecord(
                    DnsSection.ANSWER,
                    new DefaultDnsRawRecord(
                            question.name(), data.type(), data.ttl(), Unpooled.wrappedBuffer(data.content())));
        }
        response.setTruncated(cut);
        return response;
    }

    /// All records of a name from now on.
    public void addresses(String name, long ttl, String... addresses) {
        zone.put(
                name,
                List.of(addresses).stream()
                        .map(address -> new Data(
                                address.contains(":") ? DnsRecordType.AAAA : DnsRecordType.A,
                                ttl,
                                NetUtil.createByteArrayFromIpAddressString(address)))
                        .toList());
    }

    /// Each as `priority weight port target`, as in a zone file.
    public void services(String name, long ttl, String... services) {
        zone.put(
                name,
                List.of(services).stream()
                        .map(service -> new Data(DnsRecordType.SRV, ttl, srv(service)))
                        .toList());
    }

    private static byte[] srv(String text) {
        String[] parts = text.split(" ", 4);
        ByteBuf content = Unpooled.buffer();
        for (int i = 0; i < 3; i++) {
            content.writeShort(Integer.parseInt(parts[i]));
        }
        for (String label : parts[3].split("\\.", -1)) {
            content.writeByte(label.length()).writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        content.writeByte(0);
        byte[] bytes = new byte[content.readableBytes()];
        content.readBytes(bytes);
        return bytes;
    }

    public void suffers(Fault next) {
        fault = next;
    }

    /// How often it was asked over UDP.
    public int questions() {
        return questions.get();
    }

    /// As a configuration names it.
    public String hostAndPort() {
        return "127.0.0.1:" + port;
    }

    public void stop() {
        udp.close().syncUninterruptibly();
        tcp.close().syncUninterruptibly();
    }

    public void startAgain() {
        udp = bindUdp(port).syncUninterruptibly().channel();
        tcp = bindTcp().syncUninterruptibly().channel();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
