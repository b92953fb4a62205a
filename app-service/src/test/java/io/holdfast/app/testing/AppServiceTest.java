package io.holdfast.app.testing;

import io.holdfast.app.AppServiceApplication;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// A test of the whole service, on its real server, before a storage in memory. All share one
/// service.
@SpringBootTest(
        classes = {AppServiceApplication.class, AppServiceTest.Storage.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "holdfast.internal.credential=" + AppServiceTest.CREDENTIAL,
            "holdfast.documents.bulk.batch-timeout=2s",
            "holdfast.documents.listing.page-timeout=1s",
            "holdfast.documents.listing.retry-for=500ms",
            "management.server.port=0"
        })
public abstract class AppServiceTest {
    public static final String CREDENTIAL = "0123456789abcdef0123456789abcdef";
    protected static final String DOCUMENTS = "/api/v1/collections/things/documents";

    @Autowired
    @SuppressWarnings("NullAway.Init")
    protected FakeRecordStore store;

    @SuppressWarnings("NullAway.Init")
    protected RawClient client;

    @LocalServerPort
    protected int port;

    @BeforeEach
    void begin() {
        store.reset();
        client = new RawClient(port, CREDENTIAL);
    }

    /// Stands in for the storage tier.
    static final class Storage {
        @Bean
        @Primary
        FakeRecordStore fakeRecordStore(Clock clock) {
            return new FakeRecordStore(clock);
        }
    }
}
