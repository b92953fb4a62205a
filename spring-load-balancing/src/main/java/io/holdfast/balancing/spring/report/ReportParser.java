package io.holdfast.balancing.spring.report;

import io.holdfast.balancing.signal.LoadReport;
import java.util.Base64;

/// Reads a report in any of the three forms that Open Request Cost Aggregation has for the header
/// `endpoint-load-metrics`: `TEXT name=value,…`, `JSON {…}` and `BIN` with the message in Base64.
final class ReportParser {
    /// Longer ones are not read: a report with all names that are kept takes a quarter of this.
    static final int LONGEST = 4096;

    private static final int LONGEST_NUMBER = 32;
    private static final String NAMED = "named_metrics.";

    private ReportParser() {}

    static LoadReport parse(String header) throws MalformedReportException {
        int space = header.indexOf(' ');
        if (space < 0 || header.length() > LONGEST) {
            throw new MalformedReportException();
        }
        String form = header.substring(0, space);
        String content = header.substring(space + 1).trim();
        return switch (form) {
            case "TEXT" -> text(content);
            case "JSON" -> JsonReport.read(content);
            case "BIN" -> binary(content);
            default -> throw new MalformedReportException();
        };
    }

    /// The message in Base64, with or without padding, as headers whose name ends in `-bin` have it.
    static LoadReport binary(String base64) throws MalformedReportException {
        if (base64.length() > LONGEST) {
            throw new MalformedReportException();
        }
        try {
            return new BinaryReport(Base64.getDecoder().decode(base64)).read();
        } catch (IllegalArgumentException _) {
            throw new MalformedReportException();
        }
    }

    private static LoadReport text(String content) throws MalformedReportException {
        ReportFields fields = new ReportFields();
        int start = 0;
        while (start < content.length()) {
            int comma = content.indexOf(',', start);
            int end = comma < 0 ? content.length() : comma;
            int equals = content.indexOf('=', start);
            if (equals < 0 || equals >= end) {
                throw new MalformedReportException();
            }
            String name = content.substring(start, equals).trim();
            double value = number(content.substring(equals + 1, end).trim());
            if (name.startsWith(NAMED)) {
                fields.name(name.substring(NAMED.length()), value);
            } else {
                fields.set(name, value);
            }
            start = end + 1;
        }
        return fields.report();
    }

    private static double number(String text) throws MalformedReportException {
        if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
            throw new MalformedReportException();
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            throw new MalformedReportException();
        }
    }
}
