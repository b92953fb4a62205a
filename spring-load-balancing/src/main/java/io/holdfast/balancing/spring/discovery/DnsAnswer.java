package io.holdfast.balancing.spring.discovery;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a name server said, taken out of its message.
///
/// @param addresses of the question's name, whatever aliases (CNAME) led to them
/// @param glue addresses of other names, sent along
record DnsAnswer(List<Address> addresses, List<Service> services, List<Address> glue) {
    record Address(String name, InetAddress address, long ttlSeconds) {}

    /// An SRV record (RFC 2782).
    record Service(int priority, int weight, int port, String target, long ttlSeconds) {}

    static DnsAnswer of(DnsResponse response) {
        return new DnsAnswer(
                addresses(response, DnsSection.ANSWER), services(response), addresses(response, DnsSection.ADDITIONAL));
    }

    private static List<Address> addresses(DnsResponse response, DnsSection section) {
        List<Address> addresses = new ArrayList<>();
        for (int i = 0; i < response.count(section); i++) {
            DnsRecord entry = response.recordAt(section, i);
            boolean address =
                    entry.type().equals(DnsRecordType.A) || entry.type().equals(DnsRecordType.AAAA);
            if (address && entry instanceof DnsRawRecord raw) {
                addresses.add(new Address(canonical(raw.name()), address(raw.content()), raw.timeToLive()));
            }
        }
        return addresses;
    }

    private static InetAddress address(ByteBuf content) {
        byte[] bytes = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException _) {
            throw new DnsFailure("an address of " + bytes.length + " bytes");
        }
    }

    private static List<Service> services(DnsResponse response) {
        List<Service> services = new ArrayList<>();
        for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
            DnsRecord entry = response.recordAt(DnsSection.ANSWER, i);
            if (entry.type().equals(DnsRecordType.SRV) && entry instanceof DnsRawRecord raw) {
                services.add(service(raw.content().duplicate(), raw.timeToLive()));
            }
        }
        return services;
    }

    private static Service service(ByteBuf content, long ttlSeconds) {
        if (content.readableBytes() < 7) {
            throw new DnsFailure("an SRV record of " + content.readableBytes() + " bytes");
        }
        int priority = content.readUnsignedShort();
        int weight = content.readUnsignedShort();
        int port = content.readUnsignedShort();
        return new Service(priority, weight, port, canonical(DefaultDnsRecordDecoder.decodeName(content)), ttlSeconds);
    }

    /// Names are compared without regard to case (RFC 1035, 2.3.3), and end with a dot.
    static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower : lower + ".";
    }
}
