package io.holdfast.storage.contract;

import io.holdfast.launcher.redis.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The contract over one server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SingleServerIT extends RecordStoreContract {
    private static final String PASSWORD = "single-test-password";

    private RedisServer server;
    private StorageService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = RedisServer.start(directory, 0, PASSWORD);
        service = new StorageService(
                "--spring.data.redis.host=127.0.0.1",
                "--spring.data.redis.port=" + server.address().port(),
                "--spring.data.redis.password=" + PASSWORD);
    }

    @AfterAll
    void stop() {
        service.close();
        server.close();
    }

    @Override
    StorageService service() {
        return service;
    }
}
