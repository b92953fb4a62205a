package io.holdfast.storage;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/// Keeps records for the app services, partitioned over a Redis Cluster. The client of the storage tier, which comes
/// with its records, is not for this side.
@SpringBootApplication(excludeName = "io.holdfast.storage.api.client.StorageClientAutoConfiguration")
@ConfigurationPropertiesScan
public class StorageServiceApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(StorageServiceApplication.class, arguments);
    }
}
