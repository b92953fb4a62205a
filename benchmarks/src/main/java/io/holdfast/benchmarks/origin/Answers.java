package io.holdfast.benchmarks.origin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// Whole HTTP answers as bytes that are made once and sent many times. They are on the heap and never
/// released, so that an answer can be replaced while it is being sent.
final class Answers {
    private Answers() {}

    static ByteBuf ok(int body, String loadReport) {
        return answer("200 OK", loadReport, json(body));
    }

    static ByteBuf failed(String loadReport) {
        return answer("500 Internal Server Error", loadReport, "{\"failed\":\"on purpose\"}");
    }

    static ByteBuf unavailable(String why) {
        return answer("503 Service Unavailable", "", "{\"refused\":\"" + why + "\"}");
    }

    static ByteBuf answer(String status, String loadReport, String body) {
        String report = loadReport.isEmpty() ? "" : "endpoint-load-metrics: " + loadReport + "\r\n";
        String text = "HTTP/1.1 " + status + "\r\ncontent-type: application/json\r\ncontent-length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n" + report + "\r\n" + body;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes));
    }

    /// A JSON document of that many bytes; at least 2.
    private static String json(int bytes) {
        String frame = "{\"text\":\"\"}";
        return bytes <= frame.length() ? "{}" : "{\"text\":\"" + "x".repeat(bytes - frame.length()) + "\"}";
    }
}
