package io.holdfast.signals;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class SignalsPropertiesTest {
    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(SignalsAutoConfiguration.class, ValidationAutoConfiguration.class));

    @Test
    void hasDefaults() {
        runner.run(context -> {
            assertThat(context.getBean(LoadReportProperties.class))
                    .isEqualTo(new LoadReportProperties(true, Duration.ofSeconds(1), Set.of("/livez", "/readyz")));
            assertThat(context.getBean(DrainProperties.class)).isEqualTo(new DrainProperties(Duration.ofSeconds(2)));
        });
    }

    @Test
    void bindsEverything() {
        runner.withPropertyValues(
                        "holdfast.signals.load-report.enabled=false",
                        "holdfast.signals.load-report.interval=250ms",
                        "holdfast.signals.load-report.probe-paths=/health",
                        "holdfast.signals.drain.notice=0s")
                .run(context -> {
                    assertThat(context.getBean(LoadReportProperties.class))
                            .isEqualTo(new LoadReportProperties(false, Duration.ofMillis(250), Set.of("/health")));
                    assertThat(context.getBean(DrainProperties.class)).isEqualTo(new DrainProperties(Duration.ZERO));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "holdfast.signals.load-report.interval=0s",
                "holdfast.signals.load-report.interval=2m",
                "holdfast.signals.drain.notice=-1s",
                "holdfast.signals.drain.notice=6m"
            })
    void refusesWhatMakesNoSense(String property) {
        runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
    }
}
