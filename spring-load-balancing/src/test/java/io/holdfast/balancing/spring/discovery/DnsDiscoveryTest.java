package io.holdfast.balancing.spring.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.test.dns.TestDnsServer;
import io.holdfast.test.dns.TestDnsServer.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DnsDiscoveryTest {
    private static final String NAME = "app.test.";

    private final TestDnsServer server = new TestDnsServer();
    private final Discoveries discoveries = new Discoveries();
    private final List<List<URI>> found = new CopyOnWriteArrayList<>();
    private volatile Map<URI, Double> weights = Map.of();

    @AfterEach
    void stop() {
        discoveries.close();
        server.close();
    }

    @Test
    void followsAddressesThatComeAndGo() {
        server.addresses(NAME, 30, "10.0.0.2", "10.0.0.1");
        DnsDiscovery discovery = follow(AddressRecord.A, 8080);
        awaitFound("http://10.0.0.1:8080", "http://10.0.0.2:8080");
        server.addresses(NAME, 30, "10.0.0.2", "10.0.0.3");
        awaitFound("http://10.0.0.2:8080", "http://10.0.0.3:8080");
        assertThat(discovery.state()).isEqualTo("app.test has 2 instances");
        assertThat(discovery.failures()).isZero();
    }

    @Test
    void findsIpv6() {
        server.addresses(NAME, 30, "fd00::1");
        follow(AddressRecord.AAAA, 8080);
        awaitFound("http://[fd00:0:0:0:0:0:0:1]:8080");
    }

    @Test
    void takesPortsAndWeightsOfTheBestPriorityFromServiceRecords() {
        server.services(NAME, 30, "10 4 8081 one.test", "10 0 8082 two.test", "20 1 8083 far.test");
        server.addresses("one.test.", 30, "10.0.0.1");
        server.addresses("two.test.", 30, "fd00::2");
        server.addresses("far.test.", 30, "10.0.0.3");
        follow(AddressRecord.SRV, null);
        awaitFound("http://10.0.0.1:8081", "http://[fd00:0:0:0:0:0:0:2]:8082");
        assertThat(weights.values()).containsExactly(4.0, 1.0);
    }

    @Test
    void keepsTheListWhereATargetCannotBeResolved() {
        server.services(NAME, 30, "10 1 8081 one.test");
        server.addresses("one.test.", 30, "10.0.0.1");
        DnsDiscovery discovery = follow(AddressRecord.SRV, null);
        awaitFound("http://10.0.0.1:8081");
        server.services(NAME, 30, "10 1 8081 one.test", "10 1 8082 nowhere.test");
        await().untilAsserted(() -> assertThat(discovery.state()).contains("the target nowhere.test. has no address"));
        assertThat(found).containsOnly(List.of(URI.create("http://10.0.0.1:8081")));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SILENT", "SERVFAIL", "NXDOMAIN", "CUT", "GARBAGE"})
    void keepsTheLastListUntilTheServerIsWellAgain(Fault fault) {
        server.addresses(NAME, 30, "10.0.0.1", "10.0.0.2");
        DnsDiscovery discovery = follow(AddressRecord.A, 80);
        awaitFound("http://10.0.0.1:80", "http://10.0.0.2:80");
        server.suffers(fault);
        await().until(() -> discovery.failures() >= 2);
        assertThat(discovery.state()).endsWith("The 2 instances found before stay in use");
        assertThat(found).containsOnly(List.of(URI.create("http://10.0.0.1:80"), URI.create("http://10.0.0.2:80")));
        server.addresses(NAME, 30, "10.0.0.3");
        server.suffers(Fault.NONE);
        awaitFound("http://10.0.0.3:80");
        assertThat(discovery.state()).isEqualTo("app.test has 1 instances");
        assertThat(discovery.ageSeconds()).isLessThan(60);
    }

    @Test
    void keepsTheLastListWhereThereIsNothing() {
        server.addresses(NAME, 30, "10.0.0.1");
        DnsDiscovery discovery = follow(AddressRecord.A, 80);
        awaitFound("http://10.0.0.1:80");
        server.addresses(NAME, 30);
        await().untilAsserted(() -> assertThat(discovery.state())
                .isEqualTo("app.test: there are no A records. The 1 instances found before stay in use"));
        assertThat(found).containsOnly(List.of(URI.create("http://10.0.0.1:80")));
    }

    @Test
    void outlivesAStopOfTheServer() {
        server.addresses(NAME, 30, "10.0.0.1");
        DnsDiscovery discovery = follow(AddressRecord.A, 80);
        awaitFound("http://10.0.0.1:80");
        server.stop();
        await().until(() -> discovery.failures() >= 3);
        server.addresses(NAME, 30, "10.0.0.2");
        server.startAgain();
        awaitFound("http://10.0.0.2:80");
    }

    @Test
    void asksAgainOverTcpForWhatDoesNotFit() {
        String[] many = IntStream.range(1, 200).mapToObj(i -> "10.0.0." + i).toArray(String[]::new);
        server.addresses(NAME, 30, many);
        server.suffers(Fault.CUT_OVER_UDP);
        follow(AddressRecord.A, 80);
        await().until(() -> !found.isEmpty() && found.getLast().size() == 199);
        assertThat(found).allSatisfy(list -> assertThat(list).hasSize(199));
    }

    @Test
    void startsWithoutAnAnswer() {
        server.suffers(Fault.SERVFAIL);
        server.addresses(NAME, 30, "10.0.0.1");
        DnsDiscovery discovery = follow(AddressRecord.A, 80);
        await().until(() -> discovery.failures() > 0);
        assertThat(discovery.state()).isEqualTo("app.test: the answer is ServFail(2). No instance is known");
        server.suffers(Fault.NONE);
        awaitFound("http://10.0.0.1:80");
    }

    @Test
    void asksTheNextServerWhereOneIsSilent() {
        try (TestDnsServer silent = new TestDnsServer()) {
            silent.suffers(Fault.SILENT);
            server.addresses(NAME, 30, "10.0.0.1");
            follow(AddressRecord.A, 80, address(silent), address(server));
            awaitFound("http://10.0.0.1:80");
            assertThat(silent.questions()).isPositive();
        }
    }

    @Test
    void goesOnWhereWhoeverListensFails() {
        server.addresses(NAME, 30, "10.0.0.1");
        discoveries.add("app-service", name(AddressRecord.A, 80, Duration.ofMillis(20), address(server)), weights -> {
            found(weights);
            throw new IllegalStateException("as the test wants it");
        });
        discoveries.start();
        await().until(() -> found.size() >= 3);
    }

    @Test
    void usesAnAnswerAsLongAsItsRecordsLiveWithinTheBounds() {
        server.addresses(NAME, 0, "10.0.0.1");
        Duration longest = Duration.ofHours(1);
        discoveries.add(
                "app-service",
                new DnsName(
                        "app.test",
                        AddressRecord.A,
                        80,
                        "http",
                        List.of(address(server)),
                        longest,
                        Duration.ofMillis(20),
                        Duration.ofSeconds(1)),
                this::found);
        discoveries.start();
        await().until(() -> found.size() >= 3);
        server.addresses(NAME, 3600, "10.0.0.2");
        awaitFound("http://10.0.0.2:80");
        int asked = server.questions();
        await().during(Duration.ofMillis(300)).until(() -> server.questions() <= asked + 1);
    }

    private DnsDiscovery follow(AddressRecord type, @Nullable Integer port) {
        return follow(type, port, address(server));
    }

    private DnsDiscovery follow(AddressRecord type, @Nullable Integer port, NameServer... servers) {
        discoveries.add("app-service", name(type, port, Duration.ofMillis(50), servers), this::found);
        discoveries.start();
        return discoveries.all().getFirst();
    }

    private static DnsName name(AddressRecord type, @Nullable Integer port, Duration refresh, NameServer... servers) {
        return new DnsName(
                "app.test",
                type,
                port,
                "http",
                List.of(servers),
                refresh,
                Duration.ofMillis(10),
                Duration.ofMillis(300));
    }

    private static NameServer address(TestDnsServer server) {
        return NameServer.valueOf(server.hostAndPort());
    }

    private void found(Map<URI, Double> next) {
        weights = next;
        found.add(List.copyOf(next.keySet()));
    }

    private void awaitFound(String... uris) {
        List<URI> expected = Stream.of(uris).map(URI::create).toList();
        await().until(() -> !found.isEmpty() && found.getLast().equals(expected));
    }
}
