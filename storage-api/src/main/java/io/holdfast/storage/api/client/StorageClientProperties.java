package io.holdfast.storage.api.client;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The limits of the connections to the storage services.
 *
 * @param connectTimeout how long a connection may take to come about
 * @param maxConnections the most connections to one storage service
 * @param maxWaiting the most calls that wait for a connection to one storage service; further ones fail at once
 * @param waitTimeout how long a call may wait for a connection
 * @param maxIdleTime how long an unused connection is kept. It must be shorter than the storage service keeps it, 20 s
 *     by Tomcat's default, or calls meet connections that are being closed
 * @param maxAnswerSize the largest answer that is read
 * @param batchCalls how many calls of one kind (reads, writes) may be under way before operations of further requests
 *     wait for one of them to end and then travel together
 * @param batchOperations the most operations that travel together; 1: each travels alone
 * @param batchTime how long a storage service may take for what travels together. An operation that is not done then
 *     is asked for again alone, with all the time that its request has
 */
@Validated
@ConfigurationProperties("holdfast.storage-client")
record StorageClientProperties(
        @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration connectTimeout,

        @DefaultValue("128") @Min(1) @Max(10_000) int maxConnections,
        @DefaultValue("1000") @Min(1) @Max(100_000) int maxWaiting,

        @DefaultValue("2s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration waitTimeout,

        @DefaultValue("15s") @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration maxIdleTime,

        @DefaultValue("32MB") DataSize maxAnswerSize,
        @DefaultValue("1") @Min(1) @Max(1_000) int batchCalls,
        @DefaultValue("64") @Min(1) @Max(256) int batchOperations,

        @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration batchTime) {}
