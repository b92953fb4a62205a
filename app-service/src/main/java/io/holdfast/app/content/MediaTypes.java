package io.holdfast.app.content;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/// The media types of the API, and what a request says about them.
public final class MediaTypes {
    public static final String JSON = "application/json";
    public static final String NDJSON = "application/x-ndjson";
    public static final String MERGE_PATCH = "application/merge-patch+json";

    private MediaTypes() {}

    /// Lets a request pass whose body is of this type.
    ///
    /// @param type without parameters
    public static void requireContent(HttpServletRequest request, String type) {
        String given = request.getContentType();
        if (!type.equals(given)) {
            requireType(given, type);
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw unsupported(
                    type, "The content encoding '%s' is not supported; send the body as it is.".formatted(encoding));
        }
    }

    private static void requireType(@Nullable String given, String type) {
        if (given == null) {
            throw unsupported(type, "The request has no Content-Type; this call needs %s.".formatted(type));
        }
        MediaType parsed = parse(given, type);
        if (!parsed.equalsTypeAndSubtype(MediaType.valueOf(type))) {
            throw unsupported(
                    type, "The content type '%s' is not supported here; send %s.".formatted(shown(given), type));
        }
        if (parsed.getCharset() != null && !parsed.getCharset().equals(StandardCharsets.UTF_8)) {
            throw unsupported(type, "The charset '%s' is not supported; JSON is UTF-8.".formatted(parsed.getCharset()));
        }
    }

    private static MediaType parse(String given, String type) {
        try {
            return MediaType.parseMediaType(given);
        } catch (InvalidMediaTypeException e) {
            throw unsupported(type, "The Content-Type '%s' is malformed; send %s.".formatted(shown(given), type));
        }
    }

    private static ProblemException unsupported(String type, String detail) {
        String header = type.equals(MERGE_PATCH) ? HttpHeaders.ACCEPT_PATCH : HttpHeaders.ACCEPT;
        return new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail).withHeader(header, type);
    }

    /// Lets a request pass that accepts JSON.
    public static void requireAcceptsJson(HttpServletRequest request) {
        accepted(request, JSON);
    }

    /// The type the request likes best; where it likes several equally, the first of them.
    ///
    /// @param available without parameters
    public static String accepted(HttpServletRequest request, String... available) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept == null || accept.equals("*/*") || accept.equals(available[0])
                ? available[0]
                : best(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)), List.of(available));
    }

    private static String best(List<String> accept, List<String> available) {
        List<MediaType> ranges = ranges(accept, available);
        @Nullable String best = null;
        double most = 0;
        for (String type : available) {
            double quality = quality(MediaType.valueOf(type), ranges);
            if (quality > most) {
                best = type;
                most = quality;
            }
        }
        if (best == null) {
            throw notAcceptable(accept, available);
        }
        return best;
    }

    private static List<MediaType> ranges(List<String> accept, List<String> available) {
        try {
            return MediaType.parseMediaTypes(accept);
        } catch (InvalidMediaTypeException e) {
            throw notAcceptable(accept, available);
        }
    }

    /// The quality that the most specific matching range gives (RFC 9110, section 12.5.1).
    private static double quality(MediaType type, List<MediaType> ranges) {
        @Nullable MediaType closest = null;
        for (MediaType range : ranges) {
            if (range.includes(type) && (closest == null || rank(range) > rank(closest))) {
                closest = range;
            }
        }
        return closest == null ? 0 : closest.getQualityValue();
    }

    private static int rank(MediaType range) {
        return range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2;
    }

    private static ProblemException notAcceptable(List<String> accept, List<String> available) {
        return new ProblemException(
                ProblemType.NOT_ACCEPTABLE,
                "The Accept header '%s' allows nothing this call can answer; it can answer %s."
                        .formatted(shown(String.join(", ", accept)), String.join(" or ", available)));
    }

    private static String shown(String header) {
        return header.length() <= 80 ? header : header.substring(0, 80) + "…";
    }
}
