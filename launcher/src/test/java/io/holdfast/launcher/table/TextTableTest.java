package io.holdfast.launcher.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static final List<String> HEADINGS = List.of("NAME", "PID", "WHY");

    @Test
    void makesColumnsAsWideAsTheirLongestCell() {
        assertThat(new TextTable(HEADINGS, List.of(List.of("a", "12345", "ready"), List.of("storage", "1", "")))
                        .lines())
                .containsExactly(
                        "NAME     PID    WHY", //
                        "a        12345  ready",
                        "storage  1");
    }

    @Test
    void hasItsHeadingsOnlyWhereThereAreNoRows() {
        assertThat(new TextTable(HEADINGS, List.of()).lines()).containsExactly("NAME  PID  WHY");
    }
}
