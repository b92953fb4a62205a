package io.holdfast.launcher.transfer;

import io.holdfast.launcher.LauncherException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The objects of a stream, one after the other. An object ends with its closing brace, not with its
/// line, so documents with line breaks in them are no trouble.
final class JsonObjects {
    private static final int BUFFER = 1 << 16;
    private static final int LARGEST = 8 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream object = new ByteArrayOutputStream();
    private int position;
    private int filled;

    JsonObjects(InputStream in) {
        this.in = in;
    }

    /// The next object, empty at the end. A stream that ends within an object is an error.
    Optional<JsonSpan> next() throws IOException {
        object.reset();
        int first = firstByte();
        if (first < 0) {
            return Optional.empty();
        }
        if (first != '{') {
            throw new LauncherException("The platform sent what is not a stream of documents.");
        }
        copyObject();
        byte[] bytes = object.toByteArray();
        return Optional.of(new JsonSpan(bytes, 0, bytes.length));
    }

    private int firstByte() throws IOException {
        int next = read();
        while (next == ' ' || next == '\t' || next == '\n' || next == '\r') {
            next = read();
        }
        if (next >= 0) {
            position--;
        }
        return next;
    }

    private void copyObject() throws IOException {
        int depth = 0;
        boolean inString = false;
        boolean escaped = false;
        do {
            int next = read();
            if (next < 0) {
                throw new EOFException("the stream ends within a document");
            }
            object.write(next);
            if (object.size() > LARGEST) {
                throw new LauncherException("The platform sent a document of more than " + LARGEST + " bytes.");
            }
            if (inString) {
                inString = escaped || next != '"';
                escaped = !escaped && next == '\\';
            } else if (next == '"') {
                inString = true;
            } else if (next == '{' || next == '[') {
                depth++;
            } else if (next == '}' || next == ']') {
                depth--;
            }
        } while (depth > 0);
    }

    private int read() throws IOException {
        if (position == filled) {
            filled = in.read(buffer);
            position = 0;
            if (filled <= 0) {
                filled = 0;
                return -1;
            }
        }
        return buffer[position++] & 0xff;
    }
}
