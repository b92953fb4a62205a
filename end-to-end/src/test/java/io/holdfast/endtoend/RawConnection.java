package io.holdfast.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A connection to the gateway on which anything can be sent, for what no HTTP client would.
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /// Everything up to the end of the connection; it fails where that does not come.
    String readToEnd() throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream input = socket.getInputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
        } catch (SocketTimeoutException e) {
            throw new IOException("no end after: " + text, e);
        } catch (IOException e) {
            return text.toString(); // reset after the answer
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
