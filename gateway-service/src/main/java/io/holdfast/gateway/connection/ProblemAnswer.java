package io.holdfast.gateway.connection;

import io.holdfast.contract.problem.ProblemException;
import io.holdfast.contract.request.RequestId;
import io.holdfast.gateway.problem.ProblemJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/// A problem as the last answer on a connection.
final class ProblemAnswer {
    private ProblemAnswer() {}

    static FullHttpResponse of(ProblemException problem, String requestId, boolean toHead, ProblemJson json) {
        byte[] body = json.body(problem);
        ByteBuf content = toHead ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(problem.type().status()), content);
        json.headers(problem).forEach((name, values) -> response.headers().add(name, values));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set(RequestId.HEADER, requestId);
        return response;
    }
}
