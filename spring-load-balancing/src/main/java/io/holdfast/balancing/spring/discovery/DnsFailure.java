package io.holdfast.balancing.spring.discovery;

/// A question to the DNS came to nothing. It carries no stack trace: only its text is of use.
final class DnsFailure extends RuntimeException {
    DnsFailure(String why) {
        super(why, null, false, false);
    }

    static String textOf(Throwable error) {
        return error instanceof DnsFailure ? String.valueOf(error.getMessage()) : error.toString();
    }
}
