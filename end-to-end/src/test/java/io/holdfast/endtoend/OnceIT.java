package io.holdfast.endtoend;

import static io.holdfast.endtoend.Api.document;
import static io.holdfast.endtoend.Api.documents;
import static io.holdfast.endtoend.Api.text;
import static io.holdfast.endtoend.Api.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What takes place once although it is sent more than once, and although processes die on it.
class OnceIT {
    private static final Pattern FAULT = Pattern.compile("(?<kind>kill|restart) (?<name>[\\w-]+)");
    private static final String[] JSON = {"Content-Type", "application/json"};

    private final Platform platform = Platform.shared();
    private final Api api = platform.api();

    private static String[] with(String[] headers, String name, String value) {
        return new String[] {headers[0], headers[1], name, value};
    }

    private static boolean replayed(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("Idempotent-Replayed").orElse("").equals("true");
    }

    @Test
    void aRepeatedRequestIsAnsweredAsTheFirstTime() {
        String[] headers = with(JSON, "Idempotency-Key", "\"order 7\"");
        HttpResponse<byte[]> first = api.send("POST", documents("once"), utf8("{}"), headers);
        assertThat(first.statusCode()).as(text(first)).isEqualTo(201);
        assertThat(replayed(first)).isFalse();

        HttpResponse<byte[]> second = api.send("POST", documents("once"), utf8("{}"), headers);

        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(Api.etag(second)).isEqualTo(Api.etag(first));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(replayed(second)).isTrue();
        assertThat(api.count("once")).isEqualTo(1);
        Api.assertProblem(
                api.send("POST", documents("once"), utf8("{\"n\":1}"), headers), 422, "idempotency-key-reused");
        Api.assertProblem(api.send("PUT", document("once", "x"), utf8("{}"), headers), 422, "idempotency-key-reused");
        Api.assertProblem(
                api.send("POST", documents("once"), utf8("{}"), with(JSON, "Idempotency-Key", "a b")),
                400,
                "invalid-idempotency-key");
    }

    @Test
    void ofManyAtOnceOneTakesPlace() {
        String[] headers = with(JSON, "Idempotency-Key", "\"at-once\"");
        AtomicInteger created = new AtomicInteger();
        ConcurrentLinkedQueue<Integer> others = new ConcurrentLinkedQueue<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 40)
                    .forEach(_ -> executor.execute(() -> {
                        HttpResponse<byte[]> answer = api.send("POST", documents("at-once"), utf8("{}"), headers);
                        if (answer.statusCode() == 201 && !replayed(answer)) {
                            created.incrementAndGet();
                        } else {
                            others.add(answer.statusCode());
                        }
                    }));
        }
        assertThat(created).hasValue(1);
        assertThat(others).allMatch(status -> status == 201 || status == 409);
        assertThat(api.count("at-once")).isEqualTo(1);
    }

    /// Kills and restarts processes, one at a time, while everything is asked of them. Which ones and in which order
    /// can be said, `-Dfaults="kill app-1,restart storage-2,kill redis-3"`, and so can the requests to send at
    /// least, `-Drequests`, and before each fault, `-Dbetween`.
    @Test
    @Tag("faults")
    void nothingFailsOrTakesPlaceTwiceWhileServicesDie() {
        String faults = System.getProperty("faults", "kill app-1,restart storage-2,restart app-2,kill storage-1");
        int requests = Integer.getInteger("requests", 0);
        int between = Integer.getInteger("between", 100);
        try (OnceLoad load = new OnceLoad(api)) {
            Matcher fault = FAULT.matcher(faults);
            while (fault.find()) {
                load.awaitMore(between);
                platform.replace(fault.group("name"), fault.group("kind").equals("kill"));
            }
            load.awaitMore(Math.max(100, requests - load.requests()));
            load.finish();
            System.out.printf("%,d requests, %.0f/s, during: %s%n", load.requests(), load.requestsPerSecond(), faults);
            load.verify();
        }
    }
}
