package io.holdfast.benchmarks.command;

import io.holdfast.benchmarks.origin.Origins;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "origins",
        description = "Starts origins that behave as told: PUT /control?service-time=exponential:5ms&concurrency=8.",
        sortOptions = false)
final class OriginsCommand implements Callable<Integer> {
    @Option(names = "--port", description = "Of the first origin.", defaultValue = "23000")
    private int port;

    @Option(names = "--count", description = "How many, on ports in a row.", defaultValue = "3")
    private int count;

    @Override
    public Integer call() throws InterruptedException {
        try (Origins origins = new Origins(port, count)) {
            System.out.println("Origins listen on 127.0.0.1, ports " + origins.ports());
            new CountDownLatch(1).await(); // until the process is ended
        }
        return 0;
    }
}
