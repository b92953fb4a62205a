package io.holdfast.storage.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.NettyCustomizer;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/// Makes the shared connection from Spring Boot's configuration of Redis.
@Configuration(proxyBeanMethods = false)
class RedisConfiguration {
    private static final int FLUSH_AFTER_WRITES = 256;
    /// By default it grows to 30 s: a Redis that was away for long would seem to be away for longer.
    private static final Duration LONGEST_RECONNECT_PAUSE = Duration.ofMillis(500);

    @Bean
    Redis redis(LettuceConnectionFactory factory) {
        Redis redis = new Redis(() -> connect(factory.getRequiredNativeClient()));
        redis.connectAhead();
        return redis;
    }

    @Bean
    Primaries primaries(LettuceConnectionFactory factory, RedisProperties properties) {
        boolean watched = factory.getSentinelConfiguration() != null;
        return factory.isClusterAware()
                ? new ClusterPrimaries(
                        () -> (RedisClusterClient) factory.getRequiredNativeClient(), properties.troubleRefresh())
                : new SinglePrimary(() -> (RedisClient) factory.getRequiredNativeClient(), watched);
    }

    @Bean
    Replicas replicas(LettuceConnectionFactory factory, RedisProperties properties) {
        return new Replicas(
                factory.isClusterAware() ? () -> (RedisClusterClient) factory.getRequiredNativeClient() : null,
                properties.replicaTimeout());
    }

    @Bean
    RedisMetrics redisMetrics(MeterRegistry meters) {
        return new RedisMetrics(meters);
    }

    @Bean
    Refusals refusals(MeterRegistry meters) {
        return new Refusals(meters);
    }

    @Bean
    Attempts attempts(RedisProperties properties, RedisMetrics metrics, Refusals refusals) {
        return new Attempts(properties, metrics, refusals);
    }

    private static Redis.Link connect(AbstractRedisClient client) {
        return switch (client) {
            case RedisClusterClient cluster -> {
                StatefulRedisClusterConnection<byte[], byte[]> connection = cluster.connect(ByteArrayCodec.INSTANCE);
                yield new Redis.Link(connection, connection.async());
            }
            case RedisClient single -> {
                StatefulRedisConnection<byte[], byte[]> connection = single.connect(ByteArrayCodec.INSTANCE);
                yield new Redis.Link(connection, connection.async());
            }
            default -> throw new IllegalStateException("no way to use " + client.getClass());
        };
    }

    /// What a failover needs and Lettuce does not do by default: commands fail instead of waiting on a
    /// connection that is down, because whoever sent them repeats them elsewhere; none is replayed
    /// behind the sender's back; and trouble has the layout of the cluster read again at once, not
    /// twice a minute at most.
    @Bean
    LettuceClientOptionsBuilderCustomizer redisClientOptions(RedisProperties properties) {
        return options -> {
            options.autoReconnect(true)
                    .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                    .replayFilter(_ -> true)
                    .requestQueueSize(properties.queuedCommands())
                    .socketOptions(SocketOptions.builder()
                            .connectTimeout(properties.connectTimeout())
                            .build())
                    .timeoutOptions(TimeoutOptions.enabled(properties.commandTimeout()));
            if (options instanceof ClusterClientOptions.Builder cluster) {
                cluster.validateClusterNodeMembership(false).topologyRefreshOptions(topologyRefresh(properties));
            }
        };
    }

    private static ClusterTopologyRefreshOptions topologyRefresh(RedisProperties properties) {
        return ClusterTopologyRefreshOptions.builder()
                .enablePeriodicRefresh(properties.topologyRefresh())
                .adaptiveRefreshTriggersTimeout(properties.troubleRefresh())
                .refreshTriggersReconnectAttempts(1)
                .build();
    }

    /// Commands that are written while others are under way share one flush, and so one system call.
    /// Lost connections are restored without long pauses.
    @Bean
    ClientResourcesBuilderCustomizer flushConsolidation() {
        NettyCustomizer customizer = new NettyCustomizer() {
            @Override
            public void afterChannelInitialized(Channel channel) {
                channel.pipeline().addFirst(new FlushConsolidationHandler(FLUSH_AFTER_WRITES, true));
            }
        };
        return resources -> resources
                .nettyCustomizer(customizer)
                .reconnectDelay(Delay.exponential(Duration.ZERO, LONGEST_RECONNECT_PAUSE, 2, TimeUnit.MILLISECONDS));
    }
}
