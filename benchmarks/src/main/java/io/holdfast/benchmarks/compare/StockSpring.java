package io.holdfast.benchmarks.compare;

import io.holdfast.benchmarks.process.Child;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Spring Cloud Gateway with Spring Cloud LoadBalancer, as the starters configure them: round robin.
record StockSpring() implements Proxy {
    @Override
    public String name() {
        return "spring-cloud-gateway";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public Child start(Bench bench, int port) {
        List<String> command = new ArrayList<>();
        command.add(Bench.java());
        command.addAll(bench.jvmOptions());
        command.add("-cp");
        command.add(Bench.classPath());
        command.add("io.holdfast.benchmarks.stock.StockGateway");
        command.add("--server.address=127.0.0.1");
        command.add("--server.port=" + port);
        List<Integer> origins = bench.originPorts();
        for (int i = 0; i < origins.size(); i++) {
            command.add("--spring.cloud.discovery.client.simple.instances.app[%d].uri=http://127.0.0.1:%d"
                    .formatted(i, origins.get(i)));
        }
        return Child.start(name(), command, bench.folder(), Map.of());
    }
}
