package io.holdfast.launcher.command;

import io.holdfast.launcher.balancer.BalancerTable;
import io.holdfast.launcher.balancer.CallerView;
import io.holdfast.launcher.balancer.Callers;
import io.holdfast.launcher.supervisor.ControlClient;
import io.holdfast.launcher.supervisor.PlatformStatus;
import java.io.Console;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "balancer",
        description = "Shows how requests are balanced, as each caller sees it; anew each second in a terminal.")
final class Balancer implements Callable<Integer> {
    private static final String TOP_OF_EMPTY_SCREEN = "\033[H\033[J";
    private static final long REFRESH_MILLIS = 1000;

    @Option(names = "--once", description = "Show it once and end, as without a terminal.")
    private boolean once;

    @Option(names = "--json", description = "Print JSON once, for programs.")
    private boolean json;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        ControlClient control = ControlClient.connect(data.directory());
        try (Callers callers = new Callers()) {
            boolean live = !once && !json && terminal();
            show(ask(control, callers), live);
            while (live) {
                Thread.sleep(REFRESH_MILLIS);
                show(ask(control, callers), true);
            }
        }
        return 0;
    }

    private static boolean terminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /// Asks for the processes each time: they may be restarted meanwhile.
    private static List<CallerView> ask(ControlClient control, Callers callers) {
        return callers.ask(JsonMapper.shared().readValue(control.get("/status"), PlatformStatus.class));
    }

    private void show(List<CallerView> views, boolean live) {
        if (json) {
            Map<String, JsonNode> services = new LinkedHashMap<>();
            views.forEach(view -> services.put(view.caller(), view.services()));
            System.out.println(JsonMapper.shared().writeValueAsString(services));
            return;
        }
        String table = String.join(System.lineSeparator(), new BalancerTable(views).lines());
        System.out.println(live ? TOP_OF_EMPTY_SCREEN + table : table.stripTrailing());
    }
}
