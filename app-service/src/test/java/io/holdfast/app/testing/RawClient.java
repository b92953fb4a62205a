package io.holdfast.app.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Speaks HTTP/1.1 by hand: it changes nothing of an address and sends whatever it is given.
public final class RawClient {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final int port;
    private final String credential;

    public RawClient(int port, String credential) {
        this.port = port;
        this.credential = credential;
    }

    public Answer get(String target, String... headers) throws IOException {
        return send("GET", target, null, headers);
    }

    public Answer put(String target, String json, String... headers) throws IOException {
        return put(target, json.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Answer put(String target, byte[] json, String... headers) throws IOException {
        return send("PUT", target, json, with(headers, "Content-Type: application/json"));
    }

    public Answer post(String target, String type, String body, String... headers) throws IOException {
        return send("POST", target, body.getBytes(StandardCharsets.UTF_8), with(headers, "Content-Type: " + type));
    }

    public Answer patch(String target, String json, String... headers) throws IOException {
        return send(
                "PATCH",
                target,
                json.getBytes(StandardCharsets.UTF_8),
                with(headers, "Content-Type: application/merge-patch+json"));
    }

    private static String[] with(String[] headers, String first) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(headers));
        return all.toArray(String[]::new);
    }

    /// Sends a request with the platform's credential.
    public Answer send(String method, String target, byte @Nullable [] body, String... headers) throws IOException {
        StringBuilder head = new StringBuilder(head(method, target));
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (body != null) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (body != null) {
            request.writeBytes(body);
        }
        return exchange(request.toByteArray(), method.equals("HEAD"));
    }

    /// The first lines of a request, without the empty line at their end.
    public String head(String method, String target) {
        return "%s %s HTTP/1.1\r\nHost: localhost\r\nHoldfast-Internal-Credential: %s\r\n"
                .formatted(method, target, credential);
    }

    /// Sends bytes, says that no more will come, and reads the answer.
    public Answer exchange(byte[] request, boolean headOnly) throws IOException {
        try (Socket socket = connect()) {
            Thread writer = Thread.ofVirtual().start(() -> write(socket, request));
            Answer answer = read(socket.getInputStream(), headOnly);
            writer.interrupt();
            return answer;
        }
    }

    public Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static void write(Socket socket, byte[] request) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(request);
            out.flush();
        } catch (IOException e) {
            // The server may answer and close before it has read everything.
        }
    }

    /// Reads an answer.
    public static Answer read(InputStream in, boolean headOnly) throws IOException {
        String statusLine = line(in);
        int status = Integer.parseInt(statusLine.substring(9, 12));
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        if (status == 100) {
            return read(in, headOnly);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean complete = headOnly || readBody(in, headers, status, body);
        return new Answer(status, headers, body.toByteArray(), complete);
    }

    private static boolean readBody(
            InputStream in, Map<String, List<String>> headers, int status, ByteArrayOutputStream body)
            throws IOException {
        if (headers.containsKey("transfer-encoding")) {
            return readChunks(in, body);
        }
        if (headers.containsKey("content-length")) {
            int length = Integer.parseInt(
                    headers.getOrDefault("content-length", List.of()).getFirst());
            body.writeBytes(in.readNBytes(length));
            return body.size() == length;
        }
        return status == 204 || status == 304 || in.transferTo(body) >= 0;
    }

    private static boolean readChunks(InputStream in, ByteArrayOutputStream body) {
        try {
            for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
                byte[] chunk = in.readNBytes(size);
                body.writeBytes(chunk);
                if (chunk.length < size) {
                    return false;
                }
                line(in);
            }
            return true;
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended in the line '" + line + "'");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
