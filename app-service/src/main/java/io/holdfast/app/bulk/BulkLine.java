package io.holdfast.app.bulk;

import io.holdfast.app.address.DocumentId;
import io.holdfast.app.document.DocumentRules;
import io.holdfast.app.json.JsonReader;
import io.holdfast.app.json.JsonReader.Token;
import io.holdfast.storage.api.Content;

/// A line that is a document with an id of its own.
record BulkLine(String id, Content content) {
    /// @throws io.holdfast.contract.problem.ProblemException where it is none
    static BulkLine parse(Line line, DocumentRules rules) {
        rules.checkSize(line.size());
        Content content = rules.content(line.bytes());
        return new BulkLine(DocumentId.check(id(line.bytes(), rules.deepest())), content);
    }

    /// The member `id` of the object. What is read here has been checked already.
    private static String id(byte[] json, int deepest) {
        JsonReader in = new JsonReader(json, deepest);
        if (in.next() != Token.BEGIN_OBJECT) {
            throw DocumentRules.malformed(
                    "A line must be a JSON object with a member \"id\"; this one is another value.");
        }
        while (in.next() == Token.NAME) {
            boolean found = in.string().equals("id");
            Token value = in.next();
            if (found && value == Token.STRING) {
                return in.string();
            }
            if (found) {
                throw DocumentRules.malformed("The member \"id\" must be a string.");
            }
            in.skip(value);
        }
        throw DocumentRules.malformed("The object has no member \"id\".");
    }
}
