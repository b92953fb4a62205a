package io.holdfast.signals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoadReporterTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - SECOND / 2); // wraps during the tests
    private final FixedLoad load = new FixedLoad();
    private final LoadReporter reporter = new LoadReporter(load, SECOND, clock::get);

    @Test
    void reportsRatesOfTheTimeSinceTheLastReport() {
        times(300, reporter::requested);
        times(30, reporter::failed);
        clock.addAndGet(2 * SECOND);
        assertThat(reporter.report())
                .isEqualTo("TEXT cpu_utilization=0.3123,mem_utilization=0.4,rps_fractional=150.0,eps=15.0");
        clock.addAndGet(SECOND);
        assertThat(reporter.report()).endsWith("rps_fractional=0.0,eps=0.0");
    }

    @Test
    void readsTheLoadOnceAnInterval() {
        int before = load.readings.get();
        times(1000, reporter::report);
        clock.addAndGet(SECOND - 1);
        String last = reporter.report();
        assertThat(load.readings).hasValue(before);
        clock.addAndGet(1);
        assertThat(reporter.report()).isNotEqualTo(last);
        assertThat(load.readings).hasValue(before + 1);
    }

    @Test
    void writesPlainDecimalsWhateverTheValues() {
        load.cpu = 0.000_001;
        load.memory = 1e300;
        clock.addAndGet(SECOND);
        assertThat(reporter.report()).startsWith("TEXT cpu_utilization=0.0,mem_utilization=9999999.0,");
        load.cpu = Double.NaN;
        clock.addAndGet(SECOND);
        assertThat(reporter.report()).startsWith("TEXT cpu_utilization=0.0,");
    }

    private static void times(int times, Runnable action) {
        for (int i = 0; i < times; i++) {
            action.run();
        }
    }

    private static final class FixedLoad implements ProcessLoad {
        private final AtomicInteger readings = new AtomicInteger();
        private double cpu = 0.312345;
        private double memory = 0.4;

        @Override
        public double cpu() {
            readings.incrementAndGet();
            return cpu;
        }

        @Override
        public double memory() {
            return memory;
        }
    }
}
