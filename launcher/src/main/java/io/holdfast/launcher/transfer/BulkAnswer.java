package io.holdfast.launcher.transfer;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What became of the lines of one request.
record BulkAnswer(long written, List<Failure> failures) {

    /// @param line counted from 1, in the request at first, in the file once it is placed there
    record Failure(long line, String id, String detail) {
        Failure at(long place) {
            return new Failure(place, id, detail);
        }
    }

    static BulkAnswer parse(byte[] body) throws JacksonException {
        JsonNode answer = JsonMapper.shared().readTree(body);
        List<Failure> failures = new ArrayList<>();
        for (JsonNode failure : answer.path("failed")) {
            failures.add(new Failure(
                    failure.path("line").asLong(0),
                    failure.path("id").asString(""),
                    failure.path("detail").asString(failure.path("type").asString("refused"))));
        }
        return new BulkAnswer(answer.path("written").asLong(0), failures);
    }

    /// The same with the numbers that the lines have in the file.
    BulkAnswer placed(Chunk chunk) {
        List<Failure> placed = failures.stream()
                .map(failure -> failure.line() >= 1
                                && failure.line() <= chunk.lines().size()
                        ? failure.at(chunk.lines().get((int) failure.line() - 1).number())
                        : failure)
                .toList();
        return new BulkAnswer(written, placed);
    }

    BulkAnswer plus(BulkAnswer other) {
        List<Failure> all = new ArrayList<>(failures);
        all.addAll(other.failures);
        return new BulkAnswer(written + other.written, all);
    }
}
