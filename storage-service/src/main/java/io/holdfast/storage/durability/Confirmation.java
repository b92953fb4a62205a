package io.holdfast.storage.durability;

import io.holdfast.storage.api.Durability;
import io.holdfast.storage.api.Reached;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// How a level is waited for, and what Redis' count says of it. Thread-safe.
final class Confirmation {
    /// How much longer than the wait itself its answer may take, before the server counts as lost.
    private static final long GRACE_MILLIS = 1_500;
    private static final ProtocolKeyword WAITAOF = new ProtocolKeyword() {
        @Override
        public byte[] getBytes() {
            return toString().getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public String toString() {
            return "WAITAOF";
        }
    };

    private final Durability level;
    private final Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<Integer>> replicas;

    /// @param replicas how many must confirm what a connection wrote
    Confirmation(Durability level, Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<Integer>> replicas) {
        this.level = level;
        this.replicas = replicas;
    }

    boolean satisfiedBy(Reached reached) {
        return reached.satisfies(level);
    }

    /// Waits for what the connection has written so far. Redis answers with what was reached when that is
    /// enough, or else when the time is over.
    ///
    /// @throws RedisException where there is no answer
    Reached await(RedisAsyncCommands<byte[], byte[]> commands, long millis) throws InterruptedException {
        return switch (level) {
            case MEMORY -> Reached.MEMORY;
            case REPLICATED -> {
                int enough = answer(replicas.apply(commands), millis);
                int count = Math.toIntExact(answer(commands.waitForReplication(enough, millis), millis));
                yield new Reached(count >= enough ? Durability.REPLICATED : Durability.MEMORY, count);
            }
            case DISK -> {
                int enough = answer(replicas.apply(commands), millis);
                CommandArgs<byte[], byte[]> arguments = new CommandArgs<>(ByteArrayCodec.INSTANCE)
                        .add(1)
                        .add(enough)
                        .add(millis);
                List<Object> counts = answer(
                        commands.dispatch(WAITAOF, new ArrayOutput<>(ByteArrayCodec.INSTANCE), arguments), millis);
                int count = Math.toIntExact((Long) counts.getLast());
                boolean all = (Long) counts.getFirst() >= 1 && count >= enough;
                yield new Reached(all ? Durability.DISK : Durability.MEMORY, count);
            }
        };
    }

    private static <T> T answer(CompletionStage<T> reply, long millis) throws InterruptedException {
        try {
            return reply.toCompletableFuture().get(millis + GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new RedisException("replicas could not be asked", e.getCause() == null ? e : e.getCause());
        }
    }
}
