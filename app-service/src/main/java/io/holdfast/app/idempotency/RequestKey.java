package io.holdfast.app.idempotency;

import io.holdfast.storage.api.IdempotencyKey;
import java.util.UUID;

/// By what one request is known again.
///
/// @param key from the client's Idempotency-Key, or where it sent none, from the operation id
/// @param operationId the same for all attempts of the gateway to send this request
/// @param fromClient whether the client sent an Idempotency-Key
public record RequestKey(IdempotencyKey key, String operationId, boolean fromClient) {
    /// The operation id of a write that stands for the whole request.
    public long writeId() {
        UUID id = UUID.fromString(operationId);
        return id.getMostSignificantBits() ^ id.getLeastSignificantBits();
    }

    /// The operation id of the write that one line of the request asks for. With a client's key, which
    /// may come again with other lines, it depends on what the line says.
    ///
    /// @param line its number
    public long writeId(long line, byte[] content) {
        if (fromClient) {
            return new Digest()
                    .add(key.token())
                    .add(Long.toString(line))
                    .add(content)
                    .number();
        }
        // The constant is 2^64 divided by the golden ratio: it spreads consecutive numbers over all bits.
        return writeId() ^ (line * 0x9E3779B97F4A7C15L);
    }
}
