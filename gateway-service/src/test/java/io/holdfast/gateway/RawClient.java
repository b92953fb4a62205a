package io.holdfast.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// One client connection on which anything can be sent, also what no HTTP client would.
final class RawClient implements AutoCloseable {
    /// An answer. Header names ignore case.
    record Answer(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final Socket socket;
    private final InputStream input;

    RawClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(15_000);
            socket.setTcpNoDelay(true);
            input = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends a request with a key, a Host and further header lines, each ending in CR LF.
    RawClient request(String line, String... headers) {
        return send(line + " HTTP/1.1\r\nHost: gateway.test:8080\r\nAuthorization: Bearer " + TestGateway.KEY + "\r\n"
                + String.join("", headers) + "\r\n");
    }

    Answer answer() {
        return answer(false);
    }

    Answer answerToHead() {
        return answer(true);
    }

    private Answer answer(boolean toHead) {
        String statusLine = line();
        int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.merge(line.substring(0, colon), line.substring(colon + 1).trim(), (a, b) -> a + ", " + b);
        }
        boolean empty = toHead || status < 200 || status == 204 || status == 304;
        return new Answer(status, headers, empty ? "" : body(headers));
    }

    private String body(Map<String, String> headers) {
        if (headers.containsKey("Content-Length")) {
            return new String(bytes(Integer.parseInt(headers.get("Content-Length"))), StandardCharsets.UTF_8);
        }
        StringBuilder body = new StringBuilder();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.append(new String(bytes(size), StandardCharsets.UTF_8));
            line();
        }
        line();
        return body.toString();
    }

    String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = read(); next != '\n'; next = read()) {
            if (next < 0) {
                throw new UncheckedIOException(new IOException("Closed after: " + line));
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private byte[] bytes(int length) {
        try {
            return input.readNBytes(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int read() {
        try {
            return input.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether the server closes, after whatever it still sends.
    boolean seesEnd() {
        try {
            input.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
