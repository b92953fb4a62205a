package io.holdfast.launcher.command;

import io.holdfast.launcher.directory.DataDirectory;
import io.holdfast.launcher.directory.Script;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option `--data`, which all commands share.
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The platform's folder: data, secrets, logs. Default: .holdfast beside this script.")
    private @Nullable Path folder;

    DataDirectory directory() {
        return folder == null ? Script.own().usualData() : new DataDirectory(folder);
    }
}
