package io.holdfast.storage;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/// Keeps records for the app services, partitioned over a Redis Cluster.
@SpringBootApplication
@ConfigurationPropertiesScan
public class StorageServiceApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(StorageServiceApplication.class, arguments);
    }
}
