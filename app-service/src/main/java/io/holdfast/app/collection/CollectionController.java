package io.holdfast.app.collection;

import io.holdfast.app.address.Address;
import io.holdfast.app.address.Query;
import io.holdfast.app.content.MediaTypes;
import io.holdfast.app.idempotency.Idempotency;
import io.holdfast.app.idempotency.RequestKey;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.RecordStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The calls on collections.
@RestController
final class CollectionController {
    private static final String COLLECTION = Address.COLLECTIONS + "/{collection}";
    /// A count asks all partitions of its collection, so not all collections are asked at once.
    private static final int COUNTS_AT_ONCE = 50;

    private static final byte[] NO_BODY = {};

    private final RecordStore store;
    private final Idempotency idempotency;

    CollectionController(RecordStore store, Idempotency idempotency) {
        this.store = store;
        this.idempotency = idempotency;
    }

    record Counted(String name, long count) {}

    record Collections(List<Counted> collections) {}

    @GetMapping(Address.COLLECTIONS)
    Collections list(HttpServletRequest request) {
        Query.of(request);
        MediaTypes.requireAcceptsJson(request);
        List<String> names =
                store.execute(new Operation.ListNamespaces(Address.KIND)).names();
        List<Counted> counted = new ArrayList<>(names.size());
        for (int from = 0; from < names.size(); from += COUNTS_AT_ONCE) {
            count(names.subList(from, Math.min(names.size(), from + COUNTS_AT_ONCE)), counted);
        }
        return new Collections(counted);
    }

    private void count(List<String> names, List<Counted> counted) {
        List<Operation.Count> counts = names.stream()
                .map(name -> new Operation.Count(new Namespace(Address.KIND, name)))
                .toList();
        List<Outcome> outcomes = store.executeAll(counts);
        for (int i = 0; i < names.size(); i++) {
            switch (outcomes.get(i)) {
                case Outcome.Size(boolean exists, long records) -> {
                    if (exists) {
                        counted.add(new Counted(names.get(i), records));
                    }
                }
                case Outcome.Failed(ProblemType type, String detail) -> throw new ProblemException(type, detail);
                default -> throw new IllegalStateException("a count was answered with " + outcomes.get(i));
            }
        }
    }

    @GetMapping(COLLECTION)
    Counted get(HttpServletRequest request) {
        Namespace collection = Address.collection(request);
        Query.of(request);
        MediaTypes.requireAcceptsJson(request);
        Outcome.Size size = store.execute(new Operation.Count(collection));
        if (!size.exists()) {
            throw notFound(collection);
        }
        return new Counted(collection.name(), size.records());
    }

    @DeleteMapping(COLLECTION)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(HttpServletRequest request, HttpServletResponse response) {
        Namespace collection = Address.collection(request);
        Query.of(request);
        RequestKey key = idempotency.of(request, NO_BODY);
        if (idempotency.exclusively(key, collection, collection.qualifiedName(), () -> drop(collection, key))) {
            Idempotency.mark(key, response);
        }
    }

    /// @return whether the request had dropped it before
    private boolean drop(Namespace collection, RequestKey key) {
        return switch (store.execute(new Operation.Once(new Operation.DropNamespace(collection), key.key()))) {
            case Outcome.First(Outcome.Dropped(boolean existed)) when existed -> false;
            case Outcome.First _ -> throw notFound(collection);
            case Outcome.Repeated _ -> true;
            case Outcome.KeyReused _ -> throw Idempotency.reused();
        };
    }

    private static ProblemException notFound(Namespace collection) {
        return new ProblemException(
                ProblemType.COLLECTION_NOT_FOUND, "There is no collection '%s'.".formatted(collection.name()));
    }
}
