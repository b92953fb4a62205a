package io.holdfast.admin.discovery;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is watched.
 *
 * @param services where the instances of each service are, by the service's name
 */
@Validated
@ConfigurationProperties("holdfast.admin")
record WatchedProperties(@DefaultValue Map<String, @Valid Service> services) {
    /**
     * The instances of one service: all addresses of a name, with all ports.
     *
     * @param host a name in the DNS that stands for all instances, or an address
     * @param managementPorts the management ports of the instances at each address
     */
    record Service(@NotBlank String host, @NotEmpty List<@NotNull @Min(1) @Max(65_535) Integer> managementPorts) {}
}
