package io.holdfast.balancing.spring.discovery;

import io.netty.handler.codec.dns.DnsRecordType;

/// The kind of DNS record that lists the instances of a service.
public enum AddressRecord {
    /// An IPv4 address for each instance.
    A,

    /// An IPv6 address for each instance.
    AAAA,

    /// A host and a port for each instance (RFC 2782).
    SRV;

    DnsRecordType type() {
        return switch (this) {
            case A -> DnsRecordType.A;
            case AAAA -> DnsRecordType.AAAA;
            case SRV -> DnsRecordType.SRV;
        };
    }
}
