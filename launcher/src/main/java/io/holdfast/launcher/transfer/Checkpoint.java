package io.holdfast.launcher.transfer;

import io.holdfast.launcher.directory.DataDirectory;
import io.holdfast.launcher.directory.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// How far the import of one file into one collection came, kept over interruptions.
final class Checkpoint {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// What makes it the same import: another size or time means another file.
    record Source(String file, long size, long modifiedMillis, String collection, String url) {}

    /// @param lines all up to this one are dealt with
    /// @param failed how many of them were refused
    record Progress(long lines, long failed) {
        static final Progress NONE = new Progress(0, 0);
    }

    record Saved(Source source, Progress progress) {}

    private final Path folder;
    private final Path path;
    private final Source source;

    Checkpoint(Path folder, Source source) {
        this.folder = folder;
        CRC32 checksum = new CRC32();
        checksum.update(
                (source.file() + "\n" + source.collection() + "\n" + source.url()).getBytes(StandardCharsets.UTF_8));
        this.path = folder.resolve(HexFormat.of().toHexDigits(checksum.getValue(), 8) + ".json");
        this.source = source;
    }

    static Source source(Path file, Collection collection) throws IOException {
        return new Source(
                file.toRealPath().toString(),
                Files.size(file),
                Files.getLastModifiedTime(file).toMillis(),
                collection.name(),
                collection.url());
    }

    Optional<Progress> read() throws IOException {
        try {
            Saved saved = JSON.readValue(Files.readString(path), Saved.class);
            return Optional.of(saved).filter(it -> it.source().equals(source)).map(Saved::progress);
        } catch (NoSuchFileException | JacksonException e) {
            return Optional.empty();
        }
    }

    void write(Progress progress) throws IOException {
        DataDirectory.createPrivate(folder);
        PrivateFile.write(path, JSON.writeValueAsString(new Saved(source, progress)));
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}
