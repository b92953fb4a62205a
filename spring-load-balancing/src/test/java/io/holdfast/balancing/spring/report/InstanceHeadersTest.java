package io.holdfast.balancing.spring.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancing.Instance;
import io.holdfast.balancing.InstanceState;
import io.holdfast.balancing.Strategy;
import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.UpstreamRules;
import io.holdfast.balancing.signal.LoadReport;
import io.holdfast.balancing.signal.ReceivedReport;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceHeadersTest {
    private static final LoadReport EXPECTED =
            new LoadReport(0.31, 0.4, 0.2, 812.5, 1.5, Map.of(LoadReport.IN_FLIGHT, 7.0));

    /// The same, encoded by hand: five doubles, one entry of a map, and fields that are passed over.
    private static final byte[] MESSAGE = ByteBuffer.allocate(100)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) (1 << 3 | 1))
            .putDouble(0.31)
            .put((byte) (2 << 3 | 1))
            .putDouble(0.4)
            .put((byte) (3 << 3))
            .put(new byte[] {(byte) 0xac, 0x02}) // rps, deprecated: 300
            .put((byte) (6 << 3 | 1))
            .putDouble(812.5)
            .put((byte) (7 << 3 | 1))
            .putDouble(1.5)
            .put((byte) (9 << 3 | 1))
            .putDouble(0.2)
            .put((byte) (8 << 3 | 2))
            .put((byte) 20)
            .put((byte) (1 << 3 | 2))
            .put((byte) 9)
            .put(new byte[] {'i', 'n', '_', 'f', 'l', 'i', 'g', 'h', 't'})
            .put((byte) (2 << 3 | 1))
            .putDouble(7)
            .put((byte) (15 << 3 | 5))
            .putInt(1) // unknown
            .flip()
            .array();

    private final Upstream upstream = new Upstream("app", Strategy.DEFAULT, UpstreamRules.DEFAULT, (_, _) -> {});
    private final InstanceHeaders headers = new InstanceHeaders();
    private final Instance instance;

    InstanceHeadersTest() {
        upstream.discovered(List.of(URI.create("http://127.0.0.1:1")));
        instance = upstream.members().getFirst();
        upstream.ready(instance, System.nanoTime());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TEXT cpu_utilization=0.31,mem_utilization=0.40,rps_fractional=812.5,eps=1.5,"
                        + "application_utilization=0.2,named_metrics.in_flight=7,utilization.disk=0.9",
                "TEXT  eps=1.5 , cpu_utilization=3.1e-1,mem_utilization=.4,rps_fractional=812.5,"
                        + "application_utilization=0.2,named_metrics.in_flight=7",
                "JSON {\"cpu_utilization\":0.31,\"mem_utilization\":0.4,\"rps_fractional\":812.5,\"eps\":1.5,"
                        + "\"application_utilization\":0.2,\"named_metrics\":{\"in_flight\":7},"
                        + "\"request_cost\":{\"x\":1},\"rps\":\"812\"}",
                "JSON {\"cpuUtilization\":0.31,\"memUtilization\":0.4,\"rpsFractional\":812.5,\"eps\":1.5,"
                        + "\"applicationUtilization\":0.2,\"namedMetrics\":{\"in_flight\":7},\"later\":[1,{}]}"
            })
    void readsAReport(String header) {
        read(InstanceHeaders.LOAD, header);
        assertThat(reported()).isEqualTo(EXPECTED);
        assertThat(headers.ignored()).isZero();
    }

    @Test
    void readsTheBinaryForm() {
        String base64 = Base64.getEncoder().encodeToString(message());
        read(InstanceHeaders.LOAD, "BIN " + base64);
        assertThat(reported()).isEqualTo(EXPECTED);
    }

    @Test
    void readsTheBinaryHeaderOfGrpc() {
        read(InstanceHeaders.LOAD_BINARY, Base64.getEncoder().withoutPadding().encodeToString(message()));
        assertThat(reported()).isEqualTo(EXPECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "TEXT",
                "garbage",
                "TEXT garbage",
                "XML <cpu/>",
                "TEXT cpu_utilization",
                "TEXT cpu_utilization=",
                "TEXT cpu_utilization=NaN",
                "TEXT cpu_utilization=Infinity",
                "TEXT cpu_utilization=-0.1",
                "TEXT cpu_utilization=1e9",
                "TEXT mem_utilization=1.5",
                "TEXT eps=1e300",
                "TEXT cpu_utilization=1e999",
                "TEXT cpu_utilization=0.1,,eps=1",
                "TEXT cpu_utilization=0.100000000000000000000000000000000000001",
                "JSON",
                "JSON ",
                "JSON []",
                "JSON {",
                "JSON {}{}",
                "JSON {\"eps\":\"many\"}",
                "JSON {\"eps\":NaN}",
                "JSON {\"cpu_utilization\":1e9}",
                "JSON {\"named_metrics\":{\"a\":\"b\"}}",
                "BIN",
                "BIN ?",
                "BIN CQ==",
                "BIN Q////////////////////w==",
                "BIN Qv////8P",
                "BIN Dw=="
            })
    void ignoresWhatIsNone(String header) {
        read(InstanceHeaders.LOAD, header);
        assertThat(instance.signals().report()).isNull();
        assertThat(headers.ignored()).isEqualTo(1);
    }

    @Test
    void ignoresHugeOnes() {
        read(InstanceHeaders.LOAD, "TEXT cpu_utilization=0." + "1".repeat(10_000_000));
        read(InstanceHeaders.LOAD, "JSON " + "[".repeat(10_000_000));
        read(InstanceHeaders.LOAD_BINARY, "A".repeat(10_000_000));
        read(
                InstanceHeaders.LOAD,
                IntStream.range(0, 100)
                        .mapToObj(i -> "named_metrics.m" + i + "=1")
                        .collect(Collectors.joining(",", "TEXT ", "")));
        assertThat(instance.signals().report()).isNull();
        assertThat(headers.ignored()).isEqualTo(4);
    }

    @Test
    void survivesArbitraryBytes() {
        Random random = new Random(7);
        int reports = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            String content = Base64.getEncoder().encodeToString(bytes);
            try {
                ReportParser.parse(i % 2 == 0 ? "BIN " + content : "JSON {\"" + content);
                reports++;
            } catch (MalformedReportException _) {
                // which nearly all of them are
            }
        }
        assertThat(reports).isLessThan(20_000);
    }

    @Test
    void takesOutAnInstanceThatSaysItStops() {
        read(InstanceHeaders.DRAINING, "true");
        assertThat(instance.state()).isEqualTo(InstanceState.DRAINING);
        assertThat(headers.ignored()).isZero();
    }

    @Test
    void readsNothingWhereThereIsNothing() {
        read("X-Other", "TEXT");
        assertThat(instance.signals().report()).isNull();
        assertThat(headers.ignored()).isZero();
    }

    private static byte[] message() {
        return Arrays.copyOf(MESSAGE, 5 * 9 + 3 + 22 + 5);
    }

    private void read(String name, String value) {
        headers.read(upstream, instance, asked -> name.equals(asked) ? value : null);
    }

    private @Nullable LoadReport reported() {
        ReceivedReport received = instance.signals().report();
        return received == null ? null : received.report();
    }
}
