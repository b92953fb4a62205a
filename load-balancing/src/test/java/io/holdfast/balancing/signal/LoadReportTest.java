package io.holdfast.balancing.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadReportTest {
    @ParameterizedTest
    @ValueSource(
            doubles = {Double.NaN, -0.1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e10, Double.MAX_VALUE})
    void takesWhatCannotBeForNotReported(double value) {
        LoadReport report = new LoadReport(value, value, value, value, value, Map.of());
        assertThat(report).isEqualTo(new LoadReport(0, 0, 0, 0, 0, Map.of()));
    }

    @Test
    void knowsThatWorkMayWaitButMemoryMayNot() {
        assertThat(LoadReport.of(1.5, 1.5, 0, 0)).isEqualTo(LoadReport.of(1.5, 0, 0, 0));
        assertThat(LoadReport.of(1e9, 1, 0, 0)).isEqualTo(LoadReport.of(0, 1, 0, 0));
    }

    @Test
    void prefersTheApplicationsOwnUtilisation() {
        assertThat(new LoadReport(0.2, 0, 0.7, 1, 0, Map.of()).utilisation()).isEqualTo(0.7);
        assertThat(new LoadReport(0.2, 0, 0, 1, 0, Map.of()).utilisation()).isEqualTo(0.2);
    }

    @Test
    void keepsFewNamedNumbersAndNoNonsense() {
        Map<String, Double> many = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            many.put("n" + i, i % 2 == 0 ? Double.NaN : i);
        }
        LoadReport report = new LoadReport(0, 0, 0, 0, 0, many);
        assertThat(report.named()).hasSize(LoadReport.MOST_NAMED).doesNotContainValue(Double.NaN);
    }

    @Test
    void knowsNumbersByName() {
        assertThat(new LoadReport(0, 0, 0, 0, 0, Map.of("in_flight", 4.0)).named("in_flight"))
                .isEqualTo(4);
        assertThat(LoadReport.of(0, 0, 0, 0).named("in_flight")).isZero();
    }
}
