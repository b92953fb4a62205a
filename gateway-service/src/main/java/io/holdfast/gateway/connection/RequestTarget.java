package io.holdfast.gateway.connection;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import java.util.BitSet;
import java.util.HexFormat;

/// The target of a request line, made acceptable to `java.net.URI` without changing what it says.
///
/// Clients send `{}|^"` and bytes beyond ASCII as they are, though RFC 3986 wants them percent-encoded.
/// Such bytes are encoded here; everything that is already legal, each `%` sequence included, stays
/// byte for byte. Refused are dot segments, plain or encoded, because every hop would resolve them
/// differently, and a `%` that starts no sequence, because nobody can tell what it stands for.
final class RequestTarget {
    private static final BitSet LEGAL = legal();
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private RequestTarget() {}

    /// The target in origin form (a path with an optional query). The decoder gives bytes as Latin-1
    /// characters, so one character here is one byte of the request line.
    static String clean(String given) {
        String target = originForm(given);
        if (!target.startsWith("/")) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST, "The request target must be a path that begins with a slash.");
        }
        int query = target.indexOf('?');
        refuseDotSegments(target, query < 0 ? target.length() : query);
        int illegal = firstIllegal(target, query);
        return illegal < 0 ? target : encoded(target, illegal, query);
    }

    /// A proxy's client may name scheme and authority too; the path is what counts here.
    private static String originForm(String target) {
        if (!target.regionMatches(true, 0, "http://", 0, 7) && !target.regionMatches(true, 0, "https://", 0, 8)) {
            return target;
        }
        int authority = target.indexOf("//") + 2;
        for (int i = authority; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '/') {
                return target.substring(i);
            }
            if (c == '?') {
                return "/" + target.substring(i);
            }
        }
        return "/";
    }

    private static void refuseDotSegments(String target, int end) {
        for (int start = 1; start <= end; ) {
            int next = target.indexOf('/', start);
            int stop = next < 0 || next > end ? end : next;
            int dots = dots(target, start, stop);
            if (dots == 1 || dots == 2) {
                throw new ProblemException(
                        ProblemType.INVALID_ID,
                        "'.' and '..' can be neither an id nor another part of a path, encoded or not.");
            }
            start = stop + 1;
        }
    }

    /// How many dots make up the segment; 0 if there is anything else in it.
    private static int dots(String target, int start, int end) {
        int dots = 0;
        for (int i = start; i < end; dots++) {
            if (target.charAt(i) == '.') {
                i++;
            } else if (target.regionMatches(true, i, "%2e", 0, 3)) {
                i += 3;
            } else {
                return 0;
            }
        }
        return dots;
    }

    private static int firstIllegal(String target, int query) {
        int first = -1;
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '%') {
                requireSequence(target, i);
            } else if (first < 0 && !LEGAL.get(c) && i != query) {
                first = c == '?' && i > query ? -1 : i;
            }
        }
        return first;
    }

    private static void requireSequence(String target, int at) {
        if (at + 2 >= target.length()
                || !HexFormat.isHexDigit(target.charAt(at + 1))
                || !HexFormat.isHexDigit(target.charAt(at + 2))) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "A % in the request target is not followed by two hexadecimal digits. Send %25 for the sign itself.");
        }
    }

    private static String encoded(String target, int from, int query) {
        StringBuilder clean = new StringBuilder(target.length() + 32).append(target, 0, from);
        for (int i = from; i < target.length(); i++) {
            char c = target.charAt(i);
            if (LEGAL.get(c) || c == '%' || (c == '?' && i >= query && query >= 0)) {
                clean.append(c);
            } else {
                HEX.toHexDigits(clean.append('%'), (byte) c);
            }
        }
        return clean.toString();
    }

    /// Unreserved characters, sub-delimiters and the separators of a path (RFC 3986).
    private static BitSet legal() {
        BitSet legal = new BitSet(256);
        legal.set('a', 'z' + 1);
        legal.set('A', 'Z' + 1);
        legal.set('0', '9' + 1);
        "-._~!$&'()*+,;=:@/".chars().forEach(legal::set);
        return legal;
    }
}
