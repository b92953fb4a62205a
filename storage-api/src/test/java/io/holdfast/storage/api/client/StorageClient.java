package io.holdfast.storage.api.client;

import io.holdfast.balancing.Failure;
import io.holdfast.balancing.Instance;
import io.holdfast.balancing.RetryRule;
import io.holdfast.balancing.Strategy;
import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.UpstreamRules;
import io.holdfast.balancing.spring.report.InstanceHeaders;
import io.holdfast.contract.credential.InternalCredential;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.contract.request.Deadline;
import io.holdfast.contract.trace.Tracing;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.RecordStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.util.unit.DataSize;

/// The client under test, with limits that suit tests: its patience is short, its answers are
/// small.
final class StorageClient implements AutoCloseable {
    static final String CREDENTIAL = "a-credential-of-at-least-32-characters";
    static final Duration PATIENCE = Duration.ofSeconds(5);
    static final int MAX_ANSWER_BYTES = 4096;
    static final int BATCH_OPERATIONS = 4;
    static final Duration BATCH_TIME = Duration.ofMillis(500);

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final RecordStore store;

    /// Has one call of a kind under way.
    final BatchedRecordStore batched;

    private final Upstream upstream;
    private final InstanceHeaders signals = new InstanceHeaders();
    private final StorageConnection connection;
    private final Timer timer = new HashedWheelTimer(1, TimeUnit.MILLISECONDS);

    StorageClient(StorageOrigin... origins) {
        this(
                PATIENCE,
                16,
                1000,
                List.of(origins).stream().map(StorageOrigin::uri).toList());
    }

    StorageClient(Duration patience, int maxConnections, int maxWaiting, List<URI> instances) {
        RetryRule rule = new RetryRule(3, patience, Duration.ofMillis(20), Duration.ofMillis(300));
        upstream = new Upstream("storage-service", Strategy.ROUND_ROBIN, UpstreamRules.of(rule), (_, _) -> {});
        upstream.discovered(instances);
        upstream.members().forEach(instance -> upstream.ready(instance, System.nanoTime()));
        StorageClientProperties limits = new StorageClientProperties(
                Duration.ofSeconds(1),
                maxConnections,
                maxWaiting,
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                DataSize.ofBytes(MAX_ANSWER_BYTES),
                1,
                BATCH_OPERATIONS,
                BATCH_TIME);
        connection = new StorageConnection(
                limits,
                new InternalCredential(CREDENTIAL),
                (instance, headers) -> signals.read(upstream, instance, headers::get),
                Tracing.idsOnly(),
                timer);
        CallMetrics metrics = new CallMetrics(registry);
        StorageCalls calls = new StorageCalls(upstream, connection, metrics);
        store = new HttpRecordStore(calls, metrics);
        batched = new BatchedRecordStore(store, calls, timer, limits);
    }

    <O extends Outcome> O execute(Operation<O> operation) {
        return store.execute(operation);
    }

    /// How many operations wait for a call to end.
    int waiting() {
        return batched.waiting();
    }

    /// The problem that the operation ends with.
    ProblemType problem(Operation<?> operation) {
        try {
            Outcome outcome = store.execute(operation);
            throw new AssertionError("No problem but " + outcome);
        } catch (ProblemException e) {
            return e.type();
        }
    }

    ProblemType problemWithin(Duration time, Operation<?> operation) {
        return Deadline.in(time).call(() -> problem(operation));
    }

    Instance instance(int index) {
        return upstream.members().get(index);
    }

    long failures(Failure failure) {
        return upstream.members().stream()
                .mapToLong(instance -> instance.failures(failure))
                .sum();
    }

    @Override
    public void close() {
        connection.close();
        timer.stop();
    }
}
