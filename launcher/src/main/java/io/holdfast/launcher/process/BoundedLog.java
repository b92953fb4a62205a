package io.holdfast.launcher.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A log that a child process appends to, kept from growing without end: when it is too large, it is
/// copied to `….log.1` and emptied. The child writes on at the new end because it has opened the file
/// for appending; lines written between the copy and the emptying are lost.
///
/// Children write to the file themselves, not through this process, so they can go on without it.
public record BoundedLog(Path file, long mostBytes) {
    private static final long DEFAULT_MOST_BYTES = 16L << 20;
    private static final int TAIL_BYTES = 64 << 10;

    public BoundedLog(Path file) {
        this(file, DEFAULT_MOST_BYTES);
    }

    public void keepBounded() throws IOException {
        if (Files.exists(file) && Files.size(file) > mostBytes) {
            Path old = file.resolveSibling(file.getFileName() + ".1");
            Files.copy(file, old, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
        }
    }

    /// The last lines, at most `count`.
    public List<String> tail(int count) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long from = Math.max(0, channel.size() - TAIL_BYTES);
            byte[] bytes = new byte[Math.toIntExact(channel.size() - from)];
            int read = channel.read(ByteBuffer.wrap(bytes), from);
            List<String> lines = new String(bytes, 0, Math.max(0, read), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
