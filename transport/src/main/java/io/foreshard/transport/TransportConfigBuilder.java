package io.foreshard.transport;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.PathOutlook;
import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.runtime.Checks;
import io.foreshard.runtime.SkillGate;
import io.foreshard.shardcodec.CompletionTimeShardPolicy;
import io.foreshard.shardcodec.WireFormat;
import io.foreshard.shardcodec.spi.ShardPolicy;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects a {@link TransportConfig}. Not safe for use by several threads. Every setter checks its value at once. */
public final class TransportConfigBuilder {

    private static final long MAX_U32 = 0xFFFFFFFFL;
    private static final Duration MIN_STEP = Duration.ofMillis(10);
    private static final Duration MAX_STEP = Duration.ofSeconds(10);
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MAX_TIMEOUT = Duration.ofHours(24);

    ShardPolicy shardPolicy = CompletionTimeShardPolicy.standard();
    int pathMtuBytes = WireFormat.DEFAULT_PATH_MTU_BYTES;
    Duration planningInterval = Duration.ofNanos(PathOutlook.DEFAULT_PLANNING_INTERVAL_NANOS);

    @Nullable
    Supplier<? extends Forecaster> forecasters;

    Executor forecastExecutor = Runnable::run;

    @Nullable
    TelemetrySource telemetrySource;

    long maxMessageBytes = 16L << 20;
    long reassemblyBytes = 256L << 20;
    long reassemblyBytesPerSession = 64L << 20;
    int maxMessagesPerSession = 1024;
    int maxSessions = 10_000;
    int maxSessionsPerAddress = 1_000;
    long lowWatermarkBytes = 2L << 20;
    long highWatermarkBytes = 8L << 20;
    long maxPendingBytes = 256L << 20;
    Duration handshakeTimeout = Duration.ofSeconds(10);
    Duration idleTimeout = Duration.ofSeconds(60);
    boolean deliverPartial;
    Predicate<InetSocketAddress> acceptDestination = destination -> false;
    EngineObserver observer = EngineObserver.NOOP;
    PlanListener planListener = PlanListener.NOOP;
    OutlookListener outlookListener = OutlookListener.NOOP;
    GateMode gateMode = GateMode.FREE;
    double controlShare = SkillGate.DEFAULT_CONTROL_SHARE;
    GateListener gateListener = GateListener.NOOP;

    @Nullable
    SecureRandom random;

    TransportConfigBuilder() {}

    /**
     * Sets how messages are split. Default: {@link CompletionTimeShardPolicy#standard()}, which follows forecasts while the gate lets
     * them decide, and fills packets of the path's size otherwise.
     *
     * @param policy a pure function, safe for use by several event loops
     * @return this
     */
    public TransportConfigBuilder shardPolicy(ShardPolicy policy) {
        shardPolicy = Objects.requireNonNull(policy, "shardPolicy");
        return this;
    }

    /**
     * Sets the largest datagram that paths carry, UDP payload. Default: {@value WireFormat#DEFAULT_PATH_MTU_BYTES}.
     *
     * @param bytes {@value WireFormat#MIN_PATH_MTU_BYTES}…32824
     * @return this
     */
    public TransportConfigBuilder pathMtuBytes(int bytes) {
        Checks.inRange("pathMtuBytes", bytes, WireFormat.MIN_PATH_MTU_BYTES, WireFormat.MAX_STREAM_PACKET_BYTES);
        pathMtuBytes = bytes;
        return this;
    }

    /**
     * Sets the step of the path series, which is also the time that one plan covers. Default: 100 ms.
     *
     * @param interval 10 ms…10 s
     * @return this
     */
    public TransportConfigBuilder planningInterval(Duration interval) {
        Checks.duration("planningInterval", interval, MIN_STEP, MAX_STEP);
        planningInterval = interval;
        return this;
    }

    /**
     * Sets what forecasts the series of a path. Default: none, the last value stands.
     *
     * @param supplier makes a new forecaster for each series
     * @return this
     */
    public TransportConfigBuilder forecaster(Supplier<? extends Forecaster> supplier) {
        forecasters = Objects.requireNonNull(supplier, "forecaster");
        return this;
    }

    /**
     * Sets what forecasts the series of a path by the name of a provider on the class path or module path, such as
     * {@code damped-trend}.
     *
     * @param name the provider's name
     * @param settings as documented by the provider
     * @return this
     * @throws IllegalArgumentException if there is no such provider, it cannot work here, or it refuses a setting
     */
    public TransportConfigBuilder forecaster(String name, Map<String, String> settings) {
        forecasters = NamedForecaster.of(name, settings);
        return this;
    }

    /**
     * Sets where forecasts are made. Default: on the event loop, right for forecasters that take microseconds.
     *
     * @param executor runs at most one task per path at a time
     * @return this
     */
    public TransportConfigBuilder forecastExecutor(Executor executor) {
        forecastExecutor = Objects.requireNonNull(executor, "forecastExecutor");
        return this;
    }

    /**
     * Sets an agent that knows of paths what our own traffic does not show. Default: none.
     *
     * @param source asked once per planning interval on the event loop
     * @return this
     */
    public TransportConfigBuilder telemetrySource(TelemetrySource source) {
        telemetrySource = Objects.requireNonNull(source, "telemetrySource");
        return this;
    }

    /**
     * Sets the largest message accepted, at most half of {@link #reassemblyBytesPerSession}. Default: 16 MiB.
     *
     * @param bytes 1…2^32-1
     * @return this
     */
    public TransportConfigBuilder maxMessageBytes(long bytes) {
        Checks.inRange("maxMessageBytes", bytes, 1L, MAX_U32);
        maxMessageBytes = bytes;
        return this;
    }

    /**
     * Sets the memory for unfinished messages of all sessions, shared evenly by the event loops. Default: 256 MiB.
     *
     * @param bytes at least {@code reassemblyBytesPerSession}
     * @return this
     */
    public TransportConfigBuilder reassemblyBytes(long bytes) {
        reassemblyBytes = Checks.positive("reassemblyBytes", bytes);
        return this;
    }

    /**
     * Sets the memory for unfinished messages of one session, which is the credit granted to its sender. Default: 64 MiB.
     *
     * @param bytes 1…2^32-1, at least twice {@code maxMessageBytes}
     * @return this
     */
    public TransportConfigBuilder reassemblyBytesPerSession(long bytes) {
        Checks.inRange("reassemblyBytesPerSession", bytes, 1L, MAX_U32);
        reassemblyBytesPerSession = bytes;
        return this;
    }

    /**
     * Sets how many unfinished messages one session may have. Default: 1024.
     *
     * @param messages 1…65535
     * @return this
     */
    public TransportConfigBuilder maxMessagesPerSession(int messages) {
        Checks.inRange("maxMessagesPerSession", messages, 1, 0xFFFF);
        maxMessagesPerSession = messages;
        return this;
    }

    /**
     * Sets how many sessions peers may open, and as many again this side; more are refused. Default: 10 000.
     *
     * @param sessions at least 1
     * @return this
     */
    public TransportConfigBuilder maxSessions(int sessions) {
        maxSessions = Checks.positive("maxSessions", sessions);
        return this;
    }

    /**
     * Sets how many sessions peers at one IP address may have open. Default: 1000, as many peers may share an address.
     *
     * @param sessions at least 1
     * @return this
     */
    public TransportConfigBuilder maxSessionsPerAddress(int sessions) {
        maxSessionsPerAddress = Checks.positive("maxSessionsPerAddress", sessions);
        return this;
    }

    /**
     * Sets when a session is writable: below {@code low} bytes not committed again, above {@code high} no longer. Default: 2 and
     * 8 MiB.
     *
     * @param low bytes, below {@code high}
     * @param high bytes, at most {@code maxPendingBytes}
     * @return this
     */
    public TransportConfigBuilder writeBufferWatermarks(long low, long high) {
        lowWatermarkBytes = low;
        highWatermarkBytes = high;
        return this;
    }

    /**
     * Sets how many bytes a session takes before it refuses more; one message is always taken. Default: 256 MiB.
     *
     * @param bytes at least the high watermark
     * @return this
     */
    public TransportConfigBuilder maxPendingBytes(long bytes) {
        maxPendingBytes = Checks.positive("maxPendingBytes", bytes);
        return this;
    }

    /**
     * Sets how long opening a session may take. Default: 10 s.
     *
     * @param timeout 100 ms…24 h
     * @return this
     */
    public TransportConfigBuilder handshakeTimeout(Duration timeout) {
        Checks.duration("handshakeTimeout", timeout, MIN_TIMEOUT, MAX_TIMEOUT);
        handshakeTimeout = timeout;
        return this;
    }

    /**
     * Sets how long a peer may be silent before its session is closed. Default: 60 s.
     *
     * @param timeout 100 ms…24 h
     * @return this
     */
    public TransportConfigBuilder idleTimeout(Duration timeout) {
        Checks.duration("idleTimeout", timeout, MIN_TIMEOUT, MAX_TIMEOUT);
        idleTimeout = timeout;
        return this;
    }

    /**
     * Sets whether a message that misses its deadline is delivered in part with its failure. Default: no.
     *
     * @param deliver whether to deliver
     * @return this
     */
    public TransportConfigBuilder deliverPartial(boolean deliver) {
        deliverPartial = deliver;
        return this;
    }

    /**
     * Sets which foreign destinations are accepted, for relays. Default: none; a session without a destination is always accepted.
     *
     * @param predicate asked on the event loop for each HELLO that names a destination
     * @return this
     */
    public TransportConfigBuilder acceptDestination(Predicate<InetSocketAddress> predicate) {
        acceptDestination = Objects.requireNonNull(predicate, "acceptDestination");
        return this;
    }

    /**
     * Sets who is told what is counted. Default: nobody.
     *
     * @param observer called on the event loops
     * @return this
     */
    public TransportConfigBuilder observer(EngineObserver observer) {
        this.observer = Objects.requireNonNull(observer, "observer");
        return this;
    }

    /**
     * Sets who is told of plans. Default: nobody.
     *
     * @param listener called on the event loops
     * @return this
     */
    public TransportConfigBuilder planListener(PlanListener listener) {
        planListener = Objects.requireNonNull(listener, "planListener");
        return this;
    }

    /**
     * Sets whether forecasts may decide. Default: {@link GateMode#FREE}, when they have proven that it pays.
     *
     * @param mode free, or held shut
     * @return this
     */
    public TransportConfigBuilder gate(GateMode mode) {
        gateMode = Objects.requireNonNull(mode, "gate");
        return this;
    }

    /**
     * Sets the share of decisions that stay reactive while forecasts decide, to compare with. Default: 0.02.
     *
     * @param share 0…0.5
     * @return this
     */
    public TransportConfigBuilder controlShare(double share) {
        controlShare = Checks.inRange("controlShare", share, 0, 0.5);
        return this;
    }

    /**
     * Sets who is told when forecasts begin or cease to decide. Default: nobody.
     *
     * @param listener called on the loops of the sessions
     * @return this
     */
    public TransportConfigBuilder gateListener(GateListener listener) {
        gateListener = Objects.requireNonNull(listener, "gateListener");
        return this;
    }

    /**
     * Sets who is told of outlooks. Default: nobody.
     *
     * @param listener called on the forecast executor
     * @return this
     */
    public TransportConfigBuilder outlookListener(OutlookListener listener) {
        outlookListener = Objects.requireNonNull(listener, "outlookListener");
        return this;
    }

    /**
     * Replaces the source of unguessable numbers. For simulations only: a predictable one lets strangers into sessions.
     *
     * @param source the source
     * @return this
     */
    public TransportConfigBuilder random(SecureRandom source) {
        random = Objects.requireNonNull(source, "random");
        return this;
    }

    /**
     * Checks how the values fit together and makes the configuration.
     *
     * @throws IllegalArgumentException as {@code name: value (expected: …)}
     */
    public TransportConfig build() {
        TransportConfig.check(this);
        TransportConfig config = new TransportConfig(this);
        config.reassembler(1).hashKeys(0, 0).build(0);
        return config;
    }
}
