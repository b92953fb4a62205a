package io.holdfast.app.lookup;

import io.holdfast.app.address.Address;
import io.holdfast.app.address.Query;
import io.holdfast.app.admission.Streams;
import io.holdfast.app.consistency.ConsistencyHeader;
import io.holdfast.app.content.Body;
import io.holdfast.app.content.BodyReader;
import io.holdfast.app.content.BrokenAnswer;
import io.holdfast.app.content.MediaTypes;
import io.holdfast.contract.problem.ProblemException;
import io.holdfast.storage.api.Consistency;
import io.holdfast.storage.api.Namespace;
import io.holdfast.storage.api.RecordStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// The read of many documents by their ids.
@RestController
final class LookupController {
    private final RecordStore store;
    private final BodyReader bodies;
    private final Streams streams;
    private final LookupProperties properties;

    LookupController(RecordStore store, BodyReader bodies, Streams streams, LookupProperties properties) {
        this.store = store;
        this.bodies = bodies;
        this.streams = streams;
        this.properties = properties;
    }

    @PostMapping(Address.COLLECTIONS + "/{collection}/documents:get")
    void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Namespace collection = Address.collection(request);
        Query.of(request);
        MediaTypes.requireContent(request, MediaTypes.JSON);
        MediaTypes.requireAcceptsJson(request);
        Consistency consistency = ConsistencyHeader.asked(request);
        List<String> ids = ids(request);
        try (Streams.Turn _ = streams.enter(Streams.Kind.LISTING)) {
            response.setContentType(MediaTypes.JSON);
            new Lookup(store, properties, collection, ids, consistency).write(response.getOutputStream());
        } catch (ProblemException e) {
            throw BrokenAnswer.because(e, response);
        }
    }

    private List<String> ids(HttpServletRequest request) throws IOException {
        try (Body body = bodies.read(request, IdsRequest.mostBytes(properties.maxIds()))) {
            return IdsRequest.parse(body.bytes(), properties.maxIds());
        }
    }
}
