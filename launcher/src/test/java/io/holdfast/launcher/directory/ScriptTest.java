package io.holdfast.launcher.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private static final Path HOME = Path.of("/opt/holdfast");

    private final Script script = new Script(HOME, HOME);

    @Test
    void isShortWherePeopleUsuallyAre() {
        assertThat(script.command("down", script.usualData())).isEqualTo("./holdfast down");
        assertThat(script.command("up --help")).isEqualTo("./holdfast up --help");
    }

    @Test
    void isReachedFromAnyFolder() {
        DataDirectory usual = script.usualData();
        assertThat(new Script(HOME, Path.of("/opt")).command("down", usual)).isEqualTo("holdfast/holdfast down");
        assertThat(new Script(HOME, Path.of("/home/ada")).command("down", usual))
                .isEqualTo("/opt/holdfast/holdfast down");
    }

    @Test
    void namesADataFolderThatIsNotTheUsualOne() {
        assertThat(script.command("status", new DataDirectory(HOME.resolve("other"))))
                .isEqualTo("./holdfast status --data other");
        assertThat(script.command("status", new DataDirectory(Path.of("/data"))))
                .isEqualTo("./holdfast status --data /data");
        assertThat(script.command("status", new DataDirectory(HOME)))
                .isEqualTo("./holdfast status --data /opt/holdfast");
    }

    @Test
    void quotesWhatAShellWouldReadDifferently() {
        assertThat(script.command("down", new DataDirectory(Path.of("/ada's $data"))))
                .isEqualTo("./holdfast down --data '/ada'\\''s $data'");
        Script elsewhere = new Script(Path.of("/my projects/holdfast"), HOME);
        assertThat(elsewhere.command("up")).isEqualTo("'/my projects/holdfast/holdfast' up");
    }
}
