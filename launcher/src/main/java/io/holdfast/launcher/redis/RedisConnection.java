package io.holdfast.launcher.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// One connection that speaks just enough of RESP 2 to administer a server: commands whose reply is a
/// text, a number or an error. Not thread-safe.
public final class RedisConnection implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final NodeAddress address;
    private final Socket socket;
    private final InputStream in;

    private RedisConnection(NodeAddress address, Socket socket, InputStream in) {
        this.address = address;
        this.socket = socket;
        this.in = in;
    }

    /// @param password empty for a server without one
    public static RedisConnection open(NodeAddress address, String password) throws IOException {
        Socket socket = new Socket();
        try {
            int millis = Math.toIntExact(PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(address.host(), address.port()), millis);
            socket.setSoTimeout(millis);
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            RedisConnection connection = new RedisConnection(address, socket, in);
            if (!password.isEmpty()) {
                connection.ask("AUTH", password);
            }
            return connection;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /// Sends one command. An error reply becomes a [RedisException], a null reply the empty text.
    public String ask(String... command) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(ascii("*" + command.length + "\r\n"));
        for (String word : command) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            message.writeBytes(ascii("$" + bytes.length + "\r\n"));
            message.writeBytes(bytes);
            message.writeBytes(ascii("\r\n"));
        }
        socket.getOutputStream().write(message.toByteArray());
        return reply(command[0]);
    }

    private String reply(String command) throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', ':' -> rest;
            case '-' -> throw new RedisException("Redis at " + address + " refused " + command + ": " + rest);
            case '$' -> bulk(Integer.parseInt(rest));
            default -> throw new IOException("Unexpected reply of " + address + " to " + command + ": " + line);
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException(address + " closed the connection");
        }
        line();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException(address + " closed the connection");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.size() == 0 ? " " : line.toString(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
