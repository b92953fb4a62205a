package io.holdfast.launcher.command;

import io.holdfast.launcher.transfer.DocumentImport;
import io.holdfast.launcher.transfer.ImportSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = "Writes documents into a collection: JSON, one a line, each with an \"id\". The file may be gzip."
                + " After an interruption the same command goes on where it was; doing it twice changes nothing.",
        sortOptions = false)
final class Import implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The file, or - for standard input.")
    private String file = "";

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Option(names = "--restart", description = "Start from the beginning, also after an interruption.")
    private boolean restart;

    @Override
    public Integer call() throws InterruptedException {
        long start = System.nanoTime();
        DocumentImport.Result result = new ImportSource(file)
                .into(api.collection(), api.data().directory().imports(), restart, Terminal.progressBar());
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println(String.format(
                Locale.ROOT,
                "%,d documents written in %.1f s (%,d/s)%s%s",
                result.written(),
                seconds,
                Math.round(result.written() / seconds),
                result.skipped() == 0
                        ? ""
                        : String.format(Locale.ROOT, "; %,d lines were done before", result.skipped()),
                result.failed() == 0 ? "" : String.format(Locale.ROOT, "; %,d lines failed", result.failed())));
        return result.failed() == 0 ? 0 : 1;
    }
}
