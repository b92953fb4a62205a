package io.holdfast.app.consistency;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.problem.ProblemType;
import io.holdfast.storage.api.Session;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// The header `Holdfast-Session`: in the answer to a write the writes of a client so far, in a request
/// what is to be added to, or to be seen. In base64url a byte with its format, the bound of all
/// partitions that are not listed (8 bytes), and for each one that is, its number (2 bytes) and the
/// version (8 bytes). It is not sealed: whoever makes one up has only the primary asked more often.
public final class SessionHeader {
    public static final String NAME = "Holdfast-Session";

    private static final byte FORMAT = 1;
    private static final int HEAD = 1 + Long.BYTES;
    private static final int ENTRY = Short.BYTES + Long.BYTES;
    private static final int LONGEST = 4 * ((HEAD + Session.MOST_PARTITIONS * ENTRY + 2) / 3);
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private SessionHeader() {}

    /// The session of a request, empty where it sends none.
    ///
    /// @throws ProblemException where it is none that was ever given out
    public static Session of(HttpServletRequest request) {
        String given = request.getHeader(NAME);
        return given == null ? Session.NONE : decode(given.strip());
    }

    public static String encode(Session session) {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + ENTRY * session.versions().size());
        bytes.put(FORMAT).putLong(session.floor());
        session.versions()
                .forEach((partition, version) ->
                        bytes.putShort(partition.shortValue()).putLong(version));
        return ENCODER.encodeToString(bytes.array());
    }

    static Session decode(String token) {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(token));
        int entries = (bytes.remaining() - HEAD) / ENTRY;
        if (bytes.remaining() < HEAD || bytes.remaining() != HEAD + entries * ENTRY || bytes.get() != FORMAT) {
            throw refused();
        }
        long floor = checked(bytes.getLong());
        Map<Integer, Long> versions = HashMap.newHashMap(entries);
        while (bytes.hasRemaining()) {
            int partition = Short.toUnsignedInt(bytes.getShort());
            if (versions.put(partition, checked(bytes.getLong())) != null) {
                throw refused();
            }
        }
        return new Session(floor, versions);
    }

    private static byte[] bytes(String token) {
        if (token.length() > LONGEST) {
            throw refused();
        }
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw refused();
        }
    }

    private static long checked(long version) {
        if (version < 0) {
            throw refused();
        }
        return version;
    }

    private static ProblemException refused() {
        return new ProblemException(
                ProblemType.INVALID_PARAMETER,
                ("The header %s is not one that an answer to a write carried. Send the latest one as it is, or leave it"
                                + " out.")
                        .formatted(NAME));
    }
}
