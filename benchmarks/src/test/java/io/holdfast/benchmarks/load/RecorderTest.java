package io.holdfast.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private static final Outcome OK = new Outcome.Answered(200);

    private final Recorder recorder = new Recorder();

    @Test
    void correctsForRequestsThatWereNotSentDuringAPause() {
        long interval = TimeUnit.MILLISECONDS.toNanos(10);
        for (int i = 0; i < 99; i++) {
            recorder.record(OK, TimeUnit.MILLISECONDS.toNanos(1), interval);
        }
        recorder.record(OK, TimeUnit.MILLISECONDS.toNanos(1000), interval);

        // 99 would have been sent meanwhile, waiting 990, 980, … 10 ms: half of all are in the pause.
        Result result = recorder.result(2);
        assertThat(result.sent()).isEqualTo(100);
        assertThat(result.p50()).isCloseTo(10, within(10.0));
        assertThat(result.p99()).isCloseTo(980, within(15.0));
    }

    @Test
    void leavesLatenciesFromAScheduleAsTheyAre() {
        for (int i = 0; i < 99; i++) {
            recorder.record(OK, TimeUnit.MILLISECONDS.toNanos(1), 0);
        }
        recorder.record(OK, TimeUnit.MILLISECONDS.toNanos(1000), 0);

        assertThat(recorder.result(2).p99()).isCloseTo(1, within(0.01));
        assertThat(recorder.result(2).max()).isCloseTo(1000, within(1.0));
    }

    @Test
    void countsFailuresByKindAndKeepsThemOutOfTheLatencies() {
        recorder.record(OK, TimeUnit.MILLISECONDS.toNanos(20), 0);
        recorder.record(new Outcome.Answered(500), 1000, 0);
        recorder.record(new Outcome.Answered(500), 1000, 0);
        recorder.record(new Outcome.Failed(Outcome.Kind.CUT_OFF), 1000, 0);
        recorder.record(new Outcome.Cancelled(), 1000, 0);

        Result result = recorder.result(1);
        assertThat(result.sent()).isEqualTo(5);
        assertThat(result.succeeded()).isEqualTo(1);
        assertThat(result.cancelled()).isEqualTo(1);
        assertThat(result.failed()).isEqualTo(3);
        assertThat(result.failuresByKind()).isEqualTo("500: 2, cut-off: 1");
        assertThat(result.p50()).isCloseTo(20, within(0.1));
    }
}
