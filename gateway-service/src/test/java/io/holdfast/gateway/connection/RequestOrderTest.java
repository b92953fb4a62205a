package io.holdfast.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class RequestOrderTest {
    private static final int MOST_WAITING = 2;

    private final Reads reads = new Reads();
    private final RequestOrder order = new RequestOrder(limits(), () -> false);
    private final EmbeddedChannel channel = new EmbeddedChannel(reads, order);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void showsTheNextRequestWhenTheAnswerBeforeIsWritten() {
        arrives(get("/1"), get("/2"), get("/3"));
        assertThat(shown()).containsExactly("/1", "end");

        channel.writeOutbound(head());
        assertThat(shown()).isEmpty();
        channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);

        assertThat(shown()).containsExactly("/2", "end");
        channel.writeOutbound(answer());
        assertThat(shown()).containsExactly("/3", "end");
        assertThat(order.idle()).isFalse();
        channel.writeOutbound(answer());
        assertThat(order.idle()).isTrue();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void keepsBodiesWithTheirRequests() {
        arrives(get("/1"), put("/2", 4), body("ab"));
        channel.writeOutbound(answer());
        assertThat(shown()).containsExactly("/1", "end", "/2", "ab");

        arrives(lastBody("cd"));
        assertThat(shown()).containsExactly("cd", "end");
    }

    @Test
    void readsNothingWhileSomethingWaits() {
        channel.config().setAutoRead(false);
        reads.count = 0;
        arrives(get("/1"));
        channel.read();
        assertThat(reads.count).isEqualTo(1);

        arrives(get("/2"));
        channel.read();
        assertThat(reads.count).isEqualTo(1);

        channel.writeOutbound(answer());
        assertThat(reads.count).as("made up for when nothing waits any more").isEqualTo(2);
    }

    @Test
    void answersWhatItTookWhenAClientSendsTooMuchAhead() {
        for (int i = 1; i <= MOST_WAITING + 2; i++) {
            arrives(get("/" + i));
        }
        for (int i = 1; i <= MOST_WAITING; i++) {
            assertThat(keepsAlive()).isTrue();
            channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
        }

        assertThat(shown()).containsExactly("/1", "end", "/2", "end", "/3", "end");
        assertThat(keepsAlive()).as("after the last that was taken").isFalse();
        channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
        assertThat(order.ended()).isTrue();
    }

    @Test
    void endsWithAnAnswerThatComesBeforeTheBody() {
        arrives(put("/1", 4), body("ab"));

        assertThat(keepsAlive()).isFalse();
        channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);

        assertThat(order.ended()).isTrue();
        assertThat(lingers()).as("the client may still be sending").isTrue();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void closesAtOnceOnAClientThatWaitsForTheInvitationToSend() {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.PUT, "/1");
        request.headers().set(HttpHeaderNames.CONTENT_LENGTH, 4).set(HttpHeaderNames.EXPECT, "100-continue");
        arrives(List.of(request));

        channel.writeOutbound(answer());

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void goesOnAfterTheInvitationToSend() {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.PUT, "/1");
        request.headers().set(HttpHeaderNames.CONTENT_LENGTH, 2).set(HttpHeaderNames.EXPECT, "100-continue");
        arrives(List.of(request));
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        arrives(lastBody("ab"));
        assertThat(shown()).containsExactly("/1", "ab", "end");

        assertThat(keepsAlive()).isTrue();
        channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
        assertThat(order.idle()).isTrue();
    }

    @Test
    void takesNothingUpOrDownAfterTheEnd() {
        arrives(put("/1", 4));
        assertThat(shown()).containsExactly("/1");
        order.endWith(channel, answer());
        channel.releaseOutbound();
        ByteBuf late = Unpooled.copiedBuffer("late", StandardCharsets.UTF_8);

        channel.writeOutbound(new DefaultHttpContent(late));
        arrives(lastBody("abcd"), get("/2"));

        assertThat(late.refCnt()).isZero();
        assertThat(channel.outboundMessages()).isEmpty();
        assertThat(shown()).isEmpty();
        assertThat(lingers()).as("the client may still be sending").isTrue();
    }

    @Test
    void closesAtOnceWhereNobodySends() {
        arrives(get("/1"));

        order.endWith(channel, answer());

        assertThat(lingers()).isFalse();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void releasesWhatWaitsWhenTheConnectionBreaks() {
        arrives(get("/1"), put("/2", 2));
        HttpContent waiting = new DefaultLastHttpContent(Unpooled.copiedBuffer("ab", StandardCharsets.UTF_8));
        arrives(List.of(waiting));

        var _ = channel.close();

        assertThat(waiting.refCnt()).isZero();
        assertThat(order.current()).isNull();
    }

    private static ConnectionLimits limits() {
        Duration time = Duration.ofSeconds(10);
        DataSize size = DataSize.ofKilobytes(1);
        return new ConnectionLimits(8, 8, MOST_WAITING, size, size, time, time, time, time, size, time, time);
    }

    @SafeVarargs
    private void arrives(List<Object>... requests) {
        for (List<Object> request : requests) {
            request.forEach(channel::writeInbound);
        }
    }

    private static List<Object> get(String target) {
        return List.of(
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target),
                LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private static List<Object> put(String target, int length) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.PUT, target);
        request.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
        return List.of(request);
    }

    private static List<Object> body(String text) {
        return List.of(new DefaultHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)));
    }

    private static List<Object> lastBody(String text) {
        return List.of(new DefaultLastHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)));
    }

    private static HttpResponse head() {
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    }

    private static FullHttpResponse answer() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    }

    /// Whether the client is told that the connection goes on after the answer that begins now.
    private boolean keepsAlive() {
        HttpResponse head = head();
        channel.writeOutbound(head);
        return HttpUtil.isKeepAlive(head);
    }

    private boolean lingers() {
        return channel.pipeline().get(LingeringClose.class) != null;
    }

    /// What the layers above have seen since the last time.
    private List<String> shown() {
        channel.runPendingTasks();
        List<String> shown = new ArrayList<>();
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            if (message instanceof HttpRequest request) {
                shown.add(request.uri());
            } else if (message instanceof HttpContent content) {
                if (content.content().isReadable()) {
                    shown.add(content.content().toString(StandardCharsets.UTF_8));
                }
                if (content instanceof LastHttpContent) {
                    shown.add("end");
                }
                content.release();
            }
        }
        return shown;
    }

    /// Counts the reads that reach the network.
    private static final class Reads extends ChannelDuplexHandler {
        private int count;

        @Override
        public void read(ChannelHandlerContext context) {
            count++;
        }
    }
}
