package io.holdfast.gateway;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// A gateway on a port of its own, in front of one origin.
final class TestGateway implements AutoCloseable {
    /// Allows everything.
    static final String KEY = "a-key-for-reading-and-writing";

    /// Allows reading only.
    static final String READ_KEY = "a-key-for-reading";

    static final String CREDENTIAL = "an-internal-credential-of-at-least-32-characters";

    private final ConfigurableApplicationContext context;

    TestGateway(TestOrigin origin, String... properties) {
        List<String> all = new ArrayList<>(List.of(
                "server.port=0",
                "management.server.port=0",
                "holdfast.internal.credential=" + CREDENTIAL,
                "holdfast.gateway.api-keys.all.sha256=" + Sha256.of(KEY),
                "holdfast.gateway.api-keys.reader.sha256=" + Sha256.of(READ_KEY),
                "holdfast.gateway.api-keys.reader.permissions=read",
                "holdfast.load-balancing.services.app-service.instances=" + origin.url()));
        all.addAll(List.of(properties));
        context = new SpringApplicationBuilder(GatewayApplication.class)
                .run(all.stream().map(property -> "--" + property).toArray(String[]::new));
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    int managementPort() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
    }

    RawClient client() {
        return new RawClient(port());
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
    }
}
