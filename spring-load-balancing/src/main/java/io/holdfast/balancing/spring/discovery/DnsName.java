package io.holdfast.balancing.spring.discovery;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A name in the DNS that stands for the instances of a service.
 *
 * @param name the full name; search domains are not tried
 * @param type the kind of record that lists the instances
 * @param port the port of each instance; SRV records bring their own
 * @param scheme how instances are spoken to: http or https
 * @param servers the name servers, as addresses with or without a port; none for the system's
 * @param refresh how long an answer is used at most, however long its records may live
 * @param minTtl how long an answer is used at least, however short its records live
 * @param timeout how long a name server may take to answer
 */
public record DnsName(
        @NotBlank @Size(max = 253) String name,
        @DefaultValue("A") AddressRecord type,
        @Min(1) @Max(65_535) @Nullable Integer port,

        @DefaultValue("http") @Pattern(regexp = "https?") String scheme,

        @DefaultValue @Size(max = 8) List<@NotNull NameServer> servers,

        @DefaultValue("1s") @DurationMin(millis = 10) @DurationMax(hours = 1)
        Duration refresh,

        @DefaultValue("500ms") @DurationMin(millis = 10) @DurationMax(hours = 1)
        Duration minTtl,

        @DefaultValue("1s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration timeout) {
    public DnsName {
        if (type == AddressRecord.SRV && port != null) {
            throw new IllegalArgumentException(
                    "The SRV records of '%s' bring their ports. Remove the port %d.".formatted(name, port));
        }
        if (type != AddressRecord.SRV && port == null) {
            throw new IllegalArgumentException(
                    "The %s records of '%s' have no port. Give the one that its instances listen on."
                            .formatted(type, name));
        }
        if (minTtl.compareTo(refresh) > 0) {
            throw new IllegalArgumentException(
                    "min-ttl (%s) is longer than refresh (%s). Make it shorter.".formatted(minTtl, refresh));
        }
    }
}
