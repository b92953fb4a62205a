package io.holdfast.launcher.transfer;

import io.holdfast.launcher.LauncherException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipException;

/// Where an import reads: a file, or standard input as `-`.
public final class ImportSource {
    private static final String STANDARD_INPUT = "-";

    private final String name;

    public ImportSource(String name) {
        this.name = name;
    }

    /// Imports everything, or what an interrupted import of the same file has left.
    ///
    /// @param checkpoints the folder in which interrupted imports are remembered
    /// @param restart forgets about an interrupted one
    public DocumentImport.Result into(Collection collection, Path checkpoints, boolean restart, ProgressBar bar)
            throws InterruptedException {
        try (BulkClient client = new BulkClient(collection, BulkClient.Patience.DEFAULT)) {
            return name.equals(STANDARD_INPUT)
                    ? fromStandardInput(client, bar)
                    : fromFile(client, collection, checkpoints, restart, bar);
        } catch (EOFException | ZipException e) {
            throw new LauncherException(
                    name + " is damaged or incomplete (" + e.getMessage()
                            + "). What comes before the damage is imported.",
                    e);
        } catch (IOException e) {
            throw new LauncherException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static DocumentImport.Result fromStandardInput(BulkClient client, ProgressBar bar)
            throws IOException, InterruptedException {
        try (Lines lines = new Lines(System.in, DocumentImport.LONGEST_LINE)) {
            return new DocumentImport(client, lines, null, Checkpoint.Progress.NONE, -1, bar).run();
        }
    }

    private DocumentImport.Result fromFile(
            BulkClient client, Collection collection, Path checkpoints, boolean restart, ProgressBar bar)
            throws IOException, InterruptedException {
        Path file = Path.of(name);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new LauncherException("There is no file " + file.toAbsolutePath()
                    + " that can be read. Give its name, or - for standard input.");
        }
        Checkpoint checkpoint = new Checkpoint(checkpoints, Checkpoint.source(file, collection));
        Optional<Checkpoint.Progress> from = restart ? Optional.empty() : checkpoint.read();
        from.ifPresent(
                progress -> bar.note("Going on after line " + progress.lines() + ", where an import was interrupted"));
        try (InputStream in = Files.newInputStream(file);
                Lines lines = new Lines(in, DocumentImport.LONGEST_LINE)) {
            return new DocumentImport(
                            client, lines, checkpoint, from.orElse(Checkpoint.Progress.NONE), Files.size(file), bar)
                    .run();
        }
    }
}
