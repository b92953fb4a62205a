package io.holdfast.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedLogTest {
    @TempDir
    private Path folder;

    @Test
    void setsAsideWhatIsTooLargeWhileItIsBeingWritten() throws IOException {
        BoundedLog log = new BoundedLog(folder.resolve("app-1.log"), 10);
        try (OutputStream out =
                Files.newOutputStream(log.file(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write("0123456789".getBytes(StandardCharsets.UTF_8));
            log.keepBounded();
            assertThat(folder.resolve("app-1.log.1")).doesNotExist();
            out.write("+".getBytes(StandardCharsets.UTF_8));
            log.keepBounded();
            out.write("next".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(folder.resolve("app-1.log.1")).hasContent("0123456789+");
        assertThat(log.file()).hasContent("next");
    }

    @Test
    void givesTheLastLines() throws IOException {
        BoundedLog log = new BoundedLog(folder.resolve("app-1.log"));
        assertThat(log.tail(3)).isEmpty();
        Files.writeString(log.file(), "1\n2\n3\n4\n");
        assertThat(log.tail(3)).containsExactly("2", "3", "4");
        assertThat(log.tail(9)).hasSize(4);
    }
}
