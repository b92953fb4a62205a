package io.holdfast.balancing.spring.report;

/// A load report that is none. It carries neither text nor stack trace: it is counted and forgotten.
final class MalformedReportException extends Exception {
    MalformedReportException() {
        super(null, null, false, false);
    }
}
