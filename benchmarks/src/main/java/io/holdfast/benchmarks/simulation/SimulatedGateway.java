package io.holdfast.benchmarks.simulation;

import io.holdfast.balancing.Attempt;
import io.holdfast.balancing.Attempts;
import io.holdfast.balancing.Failure;
import io.holdfast.balancing.Instance;
import io.holdfast.balancing.RequestKey;
import io.holdfast.balancing.Step;
import io.holdfast.balancing.Strategy;
import io.holdfast.balancing.Upstream;
import io.holdfast.balancing.UpstreamRules;
import java.net.URI;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/// One client of the simulated instances: it knows of them what it sees itself, and balances with the real
/// [Upstream], ejection and retries included.
final class SimulatedGateway {
    private static final long TICK_NANOS = 100_000_000L;
    private static final long PROBE_NANOS = 1_000_000_000L;
    static final long DEADLINE_NANOS = 10_000_000_000L;
    private static final long HIGHEST_NANOS = 600_000_000_000L;

    private final Timeline timeline;
    private final RandomGenerator random;
    private final Upstream upstream;
    private final IdentityHashMap<Instance, SimulatedInstance> servers = new IdentityHashMap<>();
    private final double meanDistanceNanos;
    private final Pauses pauses;
    private final Histogram latency = new Histogram(HIGHEST_NANOS, 3);
    private boolean measuring;
    private long requests;
    private long attempts;
    private long failed;

    /// @param rate requests a second, at independent moments
    /// @param pauses in which it sees nothing that comes
    SimulatedGateway(
            Timeline timeline,
            Strategy strategy,
            UpstreamRules rules,
            List<SimulatedInstance> instances,
            double rate,
            Pauses pauses,
            RandomGenerator random) {
        this.timeline = timeline;
        this.pauses = pauses;
        this.random = random;
        meanDistanceNanos = 1e9 / rate;
        upstream = new Upstream("app", strategy, rules, (_, _) -> {}, timeline::now, random);
        List<URI> uris = IntStream.range(0, instances.size())
                .mapToObj(i -> URI.create("http://instance-" + i + ":80"))
                .toList();
        upstream.discovered(uris);
        List<Instance> members = upstream.members();
        for (int i = 0; i < members.size(); i++) {
            servers.put(
                    members.get(i), instances.get(uris.indexOf(members.get(i).uri())));
        }
    }

    void start() {
        probe();
        timeline.every(PROBE_NANOS, this::probe);
        timeline.every(TICK_NANOS, upstream::tick);
        planNext();
    }

    void startMeasuring() {
        measuring = true;
    }

    void stopMeasuring() {
        measuring = false;
    }

    private void probe() {
        members().forEach(instance -> upstream.ready(instance, timeline.now()));
    }

    private List<Instance> members() {
        return upstream.members();
    }

    private void planNext() {
        timeline.after((long) (meanDistanceNanos * random.nextExponential()), () -> {
            planNext();
            long arrived = timeline.now();
            timeline.after(pauses.restAt(arrived), () -> begin(arrived));
        });
    }

    private void begin(long arrivedNanos) {
        if (measuring) {
            requests++;
        }
        RequestKey key = new RequestKey(random.nextLong());
        new Request(upstream.attempts(key, true, arrivedNanos + DEADLINE_NANOS), arrivedNanos, measuring).step();
    }

    private final class Request {
        private final Attempts steps;
        private final long startNanos;
        private final boolean measured;

        Request(Attempts steps, long startNanos, boolean measured) {
            this.steps = steps;
            this.startNanos = startNanos;
            this.measured = measured;
        }

        void step() {
            switch (steps.next()) {
                case Step.Send(Attempt attempt) -> send(attempt);
                case Step.Wait(var pause) -> timeline.after(pause.toNanos(), this::step);
                case Step.GiveUp _ -> failed += measured ? 1 : 0;
            }
        }

        private void send(Attempt attempt) {
            attempts += measured ? 1 : 0;
            SimulatedInstance server = server(attempt.instance());
            Sent sent = new Sent(this, attempt, server);
            timeline.after(attempt.limit().toNanos(), sent::timeOut);
            server.serve(sent);
        }

        private void record() {
            if (measured) {
                latency.recordValue(Math.clamp(timeline.now() - startNanos, 1, HIGHEST_NANOS));
            }
        }
    }

    /// An attempt under way; over with its answer or when its time is up, whichever is first.
    private final class Sent implements SimulatedInstance.Caller {
        private final Request request;
        private final Attempt attempt;
        private final SimulatedInstance server;
        private boolean over;

        Sent(Request request, Attempt attempt, SimulatedInstance server) {
            this.request = request;
            this.attempt = attempt;
            this.server = server;
        }

        @Override
        public void answered(boolean succeeded) {
            timeline.after(pauses.restAt(timeline.now()), () -> seen(succeeded));
        }

        private void seen(boolean succeeded) {
            if (over) {
                return;
            }
            over = true;
            upstream.reported(attempt.instance(), server.report());
            attempt.answered();
            if (succeeded) {
                attempt.succeeded();
                request.record();
            } else {
                attempt.failed(Failure.FAULT, "status 500");
                request.step();
            }
        }

        @Override
        public boolean gone() {
            return over;
        }

        void timeOut() {
            if (!over) {
                over = true;
                attempt.failed(Failure.UNANSWERED, "no answer in time");
                request.step();
            }
        }
    }

    private SimulatedInstance server(Instance instance) {
        return Objects.requireNonNull(servers.get(instance));
    }

    Histogram latency() {
        return latency;
    }

    long requests() {
        return requests;
    }

    long attempts() {
        return attempts;
    }

    long failed() {
        return failed;
    }
}
