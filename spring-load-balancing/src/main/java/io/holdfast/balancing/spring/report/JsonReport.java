package io.holdfast.balancing.spring.report;

import io.holdfast.balancing.signal.LoadReport;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// A report in the JSON form of Protocol Buffers, with field names in either spelling.
final class JsonReport {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonReport() {}

    static LoadReport read(String content) throws MalformedReportException {
        ReportFields fields = new ReportFields();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), content)) {
            require(parser.nextToken() == JsonToken.START_OBJECT);
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                value(parser, name, fields);
            }
            require(parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
        } catch (JacksonException _) {
            throw new MalformedReportException();
        }
        return fields.report();
    }

    private static void value(JsonParser parser, String name, ReportFields fields) throws MalformedReportException {
        JsonToken token = parser.nextToken();
        if (token.isNumeric()) {
            fields.set(name, parser.getDoubleValue());
        } else if (token == JsonToken.START_OBJECT && (name.equals("named_metrics") || name.equals("namedMetrics"))) {
            named(parser, fields);
        } else if (token.isStructStart()) {
            parser.skipChildren();
        } else {
            require(token == JsonToken.VALUE_NULL || name.equals("rps")); // 64-bit integers are strings there
        }
    }

    private static void named(JsonParser parser, ReportFields fields) throws MalformedReportException {
        for (String metric = parser.nextName(); metric != null; metric = parser.nextName()) {
            require(parser.nextToken().isNumeric());
            fields.name(metric, parser.getDoubleValue());
        }
    }

    private static void require(boolean right) throws MalformedReportException {
        if (!right) {
            throw new MalformedReportException();
        }
    }
}
