package io.holdfast.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

class ListenerKeeperTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsEpoll() {
        assumeTrue(Epoll.isAvailable(), "There is no epoll here, so listening sockets cannot be handed over");
    }

    private Path socket() {
        return folder.resolve("listener");
    }

    private ListenerKeeper keeper() throws IOException {
        return ListenerKeeper.start(ANY_PORT, socket());
    }

    /// A server that took the socket over and answers with its name.
    private final class Server implements AutoCloseable {
        private final LoopResources loops;
        private final KeptListener listener;
        private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        private final DisposableServer server;
        private final AtomicInteger lost = new AtomicInteger();

        Server(String name) throws InterruptedException {
            loops = LoopResources.create(name, 2, true);
            listener = KeptListener.ask(socket(), PATIENCE, loops.onServer(true), lost::incrementAndGet);
            server = HttpServer.create()
                    .channelGroup(connections)
                    .runOn(new KeptListenerLoops(loops, listener))
                    .handle((_, response) -> response.sendString(Mono.just(name)))
                    .bindNow(PATIENCE);
        }

        @Override
        public void close() {
            listener.pause();
            await().until(connections::isEmpty);
            server.disposeNow(PATIENCE);
            loops.disposeLater(Duration.ZERO, PATIENCE).block(PATIENCE);
        }
    }

    private static String ask(InetSocketAddress address) throws IOException {
        try (Socket client = new Socket()) {
            client.setSoTimeout((int) PATIENCE.toMillis());
            client.connect(address, (int) PATIENCE.toMillis());
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 200");
            return answer.substring(answer.length() - 2).strip();
        }
    }

    @Test
    void noConnectionIsRefusedWhileServersComeAndGo() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Map<String, Integer> answers = new ConcurrentHashMap<>();
        try (ListenerKeeper keeper = keeper();
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Server first = new Server("a");
            List<? extends Future<?>> running = IntStream.range(0, 8)
                    .mapToObj(_ -> clients.submit(() -> {
                        while (!over.get()) {
                            answers.merge(ask(keeper.address()), 1, Integer::sum);
                        }
                        return null;
                    }))
                    .toList();
            await().until(() -> answers.containsKey("a"));
            Server second = new Server("b");
            await().until(() -> answers.containsKey("b"));
            first.close();
            int before = answers.getOrDefault("b", 0);
            await().until(() -> answers.getOrDefault("b", 0) > before + 100);
            second.close();
            try (Server _ = new Server("c")) { // those that came meanwhile waited
                await().until(() -> answers.getOrDefault("c", 0) > 100);
                over.set(true);
                for (Future<?> each : running) {
                    each.get(); // throws what failed
                }
            }
        } finally {
            over.set(true);
        }
    }

    @Test
    void connectionsWaitForTheFirstServer() throws Exception {
        try (ListenerKeeper keeper = keeper()) {
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return ask(keeper.address());
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            try (Server _ = new Server("a")) {
                assertThat(answer).succeedsWithin(PATIENCE).isEqualTo("a");
            }
        }
    }

    @Test
    void tellsServersOfItsEnd() throws Exception {
        ListenerKeeper keeper = keeper();
        try (Server server = new Server("a")) {
            assertThat(server.lost).hasValue(0);
            keeper.close();
            await().until(() -> server.lost.get() == 1);
        }
    }

    @Test
    void aServerAsksUntilItIsThereAndReplacesWhatAnEarlierOneLeft() throws Exception {
        Files.createFile(socket());
        CompletableFuture<Server> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return new Server("a");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        try (ListenerKeeper keeper = keeper();
                Server _ = waiting.get()) {
            assertThat(ask(keeper.address())).isEqualTo("a");
        }
    }

    @Test
    void aServerGivesUpAfterItsTime() {
        LoopResources loops = LoopResources.create("lonely", 1, true);
        try {
            assertThatThrownBy(() -> KeptListener.ask(socket(), Duration.ofMillis(300), loops.onServer(true), () -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(socket().toString())
                    .hasMessageContaining("holdfast.gateway.listener");
        } finally {
            loops.dispose();
        }
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (ListenerKeeper keeper = keeper()) {
            assertThatThrownBy(() -> ListenerKeeper.start(keeper.address(), folder.resolve("other")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Integer.toString(keeper.address().getPort()));
        }
    }
}
