package io.holdfast.storage.api.client;

import io.holdfast.balancing.spring.TransportFailure;

/// What came of sending a call to one storage service.
sealed interface Reply {
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, byte[] body) implements Reply {}

    /// The answer was larger than what is read. It would be so again.
    record TooLarge() implements Reply {}

    record Failed(TransportFailure failure) implements Reply {}
}
