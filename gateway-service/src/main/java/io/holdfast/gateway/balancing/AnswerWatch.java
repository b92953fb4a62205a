package io.holdfast.gateway.balancing;

import io.holdfast.balancing.Attempt;
import io.holdfast.balancing.spring.TransportFailure;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.observability.DefaultSignalListener;

/// Ends an attempt as the body of its answer ends.
final class AnswerWatch extends DefaultSignalListener<DataBuffer> {
    private final Attempt attempt;

    AnswerWatch(Attempt attempt) {
        this.attempt = attempt;
    }

    @Override
    public void doOnComplete() {
        attempt.succeeded();
    }

    @Override
    public void doOnError(Throwable error) {
        TransportFailure failure = TransportFailure.of(error);
        attempt.failed(failure.kind(), failure.why());
    }

    @Override
    public void doOnCancel() {
        attempt.cancelled();
    }
}
