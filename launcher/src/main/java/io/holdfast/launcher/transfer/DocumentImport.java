package io.holdfast.launcher.transfer;

import io.holdfast.launcher.LauncherException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Writes the lines of a text into a collection: chunk by chunk, a few at a time, so that memory is
/// bounded for texts of any size. Bad lines fail alone.
public final class DocumentImport {
    /// Somewhat more than the platform takes, so that it is the platform who says what is too large.
    static final int LONGEST_LINE = 2 << 20;

    private static final int LINES_PER_CHUNK = 500;
    private static final int BYTES_PER_CHUNK = 512 << 10;
    private static final int CONCURRENT = 4;

    private final BulkClient client;
    private final Lines lines;
    private final @Nullable Checkpoint checkpoint;
    private final long size;
    private final ProgressBar bar;
    private final Semaphore places = new Semaphore(CONCURRENT);
    private final AtomicReference<@Nullable RuntimeException> fault = new AtomicReference<>();
    private final Watermark watermark;
    private final long skipped;
    private long written;
    private long failed;

    /// @param written documents that are in the collection now because of this run
    /// @param failed lines that were refused, in this run and in those it continues
    /// @param skipped lines that an earlier, interrupted run had dealt with
    public record Result(long written, long failed, long skipped) {}

    /// @param size of the file in bytes, negative if unknown
    DocumentImport(
            BulkClient client,
            Lines lines,
            @Nullable Checkpoint checkpoint,
            Checkpoint.Progress from,
            long size,
            ProgressBar bar) {
        this.client = client;
        this.lines = lines;
        this.checkpoint = checkpoint;
        this.size = size;
        this.bar = bar;
        this.watermark = new Watermark(from.lines());
        this.skipped = from.lines();
        this.failed = from.failed();
    }

    Result run() throws IOException, InterruptedException {
        List<Thread> senders = new ArrayList<>();
        try {
            skip();
            for (int index = 0; fault.get() == null; index++) {
                Optional<Chunk> chunk = read(index);
                if (chunk.isEmpty()) {
                    break;
                }
                places.acquire();
                senders.add(Thread.ofVirtual().start(() -> send(chunk.get())));
                senders.removeIf(sender -> !sender.isAlive());
            }
        } finally {
            for (Thread sender : senders) {
                sender.join();
            }
            bar.clear();
        }
        RuntimeException broken = fault.get();
        if (broken != null) {
            throw broken;
        }
        if (checkpoint != null) {
            checkpoint.delete();
        }
        return new Result(written, failed, skipped);
    }

    private void skip() throws IOException {
        while (lines.number() < skipped) {
            if (lines.next().isEmpty()) {
                return;
            }
        }
    }

    private Optional<Chunk> read(int index) throws IOException {
        List<Chunk.Line> chunk = new ArrayList<>();
        long before = lines.number();
        int bytes = 0;
        while (chunk.size() < LINES_PER_CHUNK && bytes < BYTES_PER_CHUNK) {
            Optional<byte[]> line = lines.next();
            if (line.isEmpty()) {
                break;
            }
            byte[] text = line.get();
            if (text.length > LONGEST_LINE) {
                refuse(new BulkAnswer.Failure(lines.number(), "", "longer than " + LONGEST_LINE + " bytes"));
            } else if (!isBlank(text)) {
                chunk.add(new Chunk.Line(lines.number(), text));
                bytes += text.length;
            }
        }
        return lines.number() == before ? Optional.empty() : Optional.of(new Chunk(index, chunk, lines.number()));
    }

    private static boolean isBlank(byte[] text) {
        for (byte next : text) {
            if (next != ' ' && next != '\t') {
                return false;
            }
        }
        return true;
    }

    private void send(Chunk chunk) {
        try {
            BulkAnswer answer = chunk.lines().isEmpty() ? new BulkAnswer(0, List.of()) : client.send(chunk);
            account(chunk, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            fault.compareAndSet(null, new LauncherException("The checkpoint cannot be kept: " + e.getMessage(), e));
        } catch (RuntimeException e) {
            fault.compareAndSet(null, e);
        } finally {
            places.release();
        }
    }

    private synchronized void account(Chunk chunk, BulkAnswer answer) throws IOException {
        written += answer.written();
        answer.failures().forEach(this::refuse);
        watermark.done(chunk);
        if (checkpoint != null) {
            checkpoint.write(new Checkpoint.Progress(watermark.lines(), failed));
        }
        bar.show(written, size <= 0 ? -1 : (double) lines.bytesRead() / size, "documents");
    }

    private synchronized void refuse(BulkAnswer.Failure failure) {
        failed++;
        bar.note("line " + failure.line() + (failure.id().isEmpty() ? "" : ", id " + failure.id()) + ": "
                + failure.detail());
    }
}
