package io.holdfast.app.proof;

import io.holdfast.app.address.Query;
import io.holdfast.app.content.Body;
import io.holdfast.app.content.BodyReader;
import io.holdfast.app.content.MediaTypes;
import io.holdfast.storage.api.Operation;
import io.holdfast.storage.api.Outcome;
import io.holdfast.storage.api.RecordStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Tells what became of writes by their receipts.
@RestController
final class ReceiptController {
    private final RecordStore store;
    private final Receipts receipts;
    private final BodyReader bodies;
    private final ReceiptProperties properties;

    ReceiptController(RecordStore store, Receipts receipts, BodyReader bodies, ReceiptProperties properties) {
        this.store = store;
        this.receipts = receipts;
        this.bodies = bodies;
        this.properties = properties;
    }

    @PostMapping("/api/v1/receipts:verify")
    void verify(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query.of(request);
        MediaTypes.requireContent(request, MediaTypes.JSON);
        MediaTypes.requireAcceptsJson(request);
        List<String> texts = texts(request);
        List<@Nullable Receipt> opened = new ArrayList<>(texts.size());
        texts.forEach(text -> opened.add(receipts.open(text)));
        Iterator<Outcome> outcomes = ask(opened).iterator();
        List<ReceiptVerdict> verdicts = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            Receipt receipt = opened.get(i);
            verdicts.add(
                    receipt == null
                            ? ReceiptVerdict.invalid(texts.get(i))
                            : ReceiptVerdict.of(texts.get(i), receipt, outcomes.next()));
        }
        byte[] json = ReceiptVerdict.json(verdicts);
        response.setContentType(MediaTypes.JSON);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    /// One outcome for each receipt that is one.
    private List<Outcome> ask(List<@Nullable Receipt> opened) {
        List<Operation.Verify> questions = opened.stream()
                .filter(Objects::nonNull)
                .map(receipt -> new Operation.Verify(receipt.origin(), receipt.version()))
                .toList();
        return questions.isEmpty() ? List.of() : store.executeAll(questions);
    }

    private List<String> texts(HttpServletRequest request) throws IOException {
        int most = properties.maxReceipts();
        try (Body body = bodies.read(request, ReceiptsRequest.mostBytes(most))) {
            return ReceiptsRequest.parse(body.bytes(), most);
        }
    }
}
