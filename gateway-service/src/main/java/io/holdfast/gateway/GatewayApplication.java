package io.holdfast.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// Starts the gateway.
@SpringBootApplication
public class GatewayApplication {
    public static void main(String[] arguments) {
        NettyDefaults.apply();
        SpringApplication.run(GatewayApplication.class, arguments);
    }
}
