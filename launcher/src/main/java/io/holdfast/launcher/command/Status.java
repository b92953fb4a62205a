package io.holdfast.launcher.command;

import io.holdfast.launcher.supervisor.ControlClient;
import io.holdfast.launcher.supervisor.PlatformStatus;
import io.holdfast.launcher.supervisor.StatusTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

@Command(name = "status", description = "Shows what runs, where, and in which state.")
final class Status implements Callable<Integer> {
    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() {
        String answer = ControlClient.connect(data.directory()).get("/status");
        if (json) {
            System.out.println(answer);
            return 0;
        }
        PlatformStatus status = JsonMapper.shared().readValue(answer, PlatformStatus.class);
        new StatusTable(status).lines().forEach(System.out::println);
        System.out.println();
        System.out.println(status.url());
        return 0;
    }
}
