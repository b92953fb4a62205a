package io.holdfast.admin;

import de.codecentric.boot.admin.server.config.EnableAdminServer;
import java.security.Security;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/// Starts Spring Boot Admin.
@SpringBootApplication
@EnableAdminServer
@EnableScheduling
public class AdminServiceApplication {
    public static void main(String[] arguments) {
        // Instances come and go; by default the JVM would keep what the DNS said for half a minute.
        Security.setProperty("networkaddress.cache.ttl", "2");
        SpringApplication.run(AdminServiceApplication.class, arguments);
    }
}
