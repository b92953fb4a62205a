package io.holdfast.gateway;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A gateway and the origin behind it, for all tests of a class. Each test begins with an origin that
/// was not asked anything yet.
final class GatewayFixture implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private final String[] properties;
    private @Nullable TestOrigin origin;
    private @Nullable TestGateway gateway;

    GatewayFixture(String... properties) {
        this.properties = properties;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        TestOrigin started = new TestOrigin();
        origin = started;
        gateway = new TestGateway(started, properties);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        origin().forget();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        gateway().close();
        origin().close();
    }

    TestOrigin origin() {
        return started(origin);
    }

    TestGateway gateway() {
        return started(gateway);
    }

    RawClient client() {
        return gateway().client();
    }

    private static <T> T started(@Nullable T one) {
        if (one == null) {
            throw new IllegalStateException("Used before the tests of the class began");
        }
        return one;
    }
}
