package io.holdfast.launcher.command;

import io.holdfast.launcher.transfer.DocumentExport;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description =
                "Prints all documents of a collection as they are stored, one a line, in the form that 'import' takes.",
        sortOptions = false)
final class Export implements Callable<Integer> {
    private static final int BUFFER = 1 << 16;

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write to this file, gzip if it ends with .gz. Default: standard output.")
    private @Nullable Path output;

    @Override
    public Integer call() throws InterruptedException, IOException {
        DocumentExport export = new DocumentExport(api.collection(), Terminal.progressBar());
        DocumentExport.Result result = output == null
                ? export.to(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER))
                : export.toFile(output);
        System.err.println(String.format(Locale.ROOT, "%,d documents exported", result.documents()));
        if (result.left() > 0) {
            System.err.println(String.format(
                    Locale.ROOT,
                    "%,d documents were left out: they are not JSON objects, so they cannot be imported",
                    result.left()));
        }
        return 0;
    }
}
