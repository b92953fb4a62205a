package io.holdfast.storage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.storage.api.Content;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.Precondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/// What the parts of the contract need: a service, and a namespace of their own for each test.
abstract class StoreFixture {
    Namespace namespace = new Namespace("documents", "unnamed");

    abstract StorageService service();

    @BeforeEach
    void freshNamespace(TestInfo test) {
        String name = test.getDisplayName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        namespace = new Namespace("documents", name.substring(0, Math.min(60, name.length())));
    }

    static Content content(String text) {
        return new Content(text.getBytes(UTF_8), "application/json");
    }

    Operation.Put putting(String key, String text, Precondition precondition) {
        return new Operation.Put(namespace, key, content(text), precondition);
    }

    Operation.Put puttingFor(Duration life, String key) {
        return new Operation.Put(namespace, key, content("{}"), Precondition.NONE, life, Operation.newOperationId());
    }

    long put(String key, String text) {
        return ((Outcome.Stored) service().execute(putting(key, text, Precondition.NONE))).version();
    }

    Outcome.Read get(String key) {
        return service().execute(new Operation.Get(namespace, key));
    }

    Outcome.Removal delete(String key, Precondition precondition) {
        return service().execute(new Operation.Delete(namespace, key, precondition));
    }

    Outcome.Size count() {
        return service().execute(new Operation.Count(namespace));
    }

    List<String> keys(String prefix, int limit) {
        List<String> keys = new ArrayList<>();
        String after = null;
        do {
            Outcome.Page page = service().execute(new Operation.Scan(namespace, prefix, after, limit));
            page.records().forEach(stored -> keys.add(stored.key()));
            after = page.next();
        } while (after != null);
        return keys;
    }

    void putAll(List<String> keys) {
        for (int i = 0; i < keys.size(); i += 1000) {
            service()
                    .executeAll(keys.subList(i, Math.min(keys.size(), i + 1000)).stream()
                            .map(key -> putting(key, "{}", Precondition.NONE))
                            .toList());
        }
    }

    String text(String key) {
        return new String(((Outcome.Found) get(key)).stored().content().bytes(), UTF_8);
    }
}
