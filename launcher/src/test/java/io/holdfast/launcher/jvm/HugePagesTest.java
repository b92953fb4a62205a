package io.holdfast.launcher.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HugePagesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"always [madvise] never, true", "[always] madvise never, true", "always madvise [never], false"})
    void areThereUnlessTheSystemNeverGivesThem(String choices, boolean available) throws IOException {
        Path setting = Files.writeString(folder.resolve("enabled"), choices);

        assertThat(HugePages.available(setting)).isEqualTo(available);
    }

    @Test
    void areNotThereWhereTheSystemDoesNotTell() {
        assertThat(HugePages.available(folder.resolve("enabled"))).isFalse();
    }
}
