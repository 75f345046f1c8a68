package io.foreshard.examples.sendfile;

import io.foreshard.examples.report.ProgressBar;
import io.foreshard.forecast.AutomaticForecaster;
import io.foreshard.simulator.link.DropReason;
import io.foreshard.simulator.link.LinkStatistics;
import io.foreshard.simulator.relay.UdpRelay;
import io.foreshard.transport.IoHandlers;
import io.foreshard.transport.MessageOptions;
import io.foreshard.transport.SessionStats;
import io.foreshard.transport.ShardEndpoint;
import io.foreshard.transport.ShardSession;
import io.foreshard.transport.TransportConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Sends the file once, with one policy: sender → relay with impairments → receiver, all on loopback sockets. */
final class Transfer {

    private static final long SAMPLE_NANOS = 50_000_000L;
    private static final long POLL_NANOS = 500_000L;
    private static final long GIVE_UP_SECONDS = 120;
    /** Ten of them, as far as a forecast looks, are several round trips. */
    private static final Duration PLANNING_INTERVAL = Duration.ofMillis(40);

    private final Scenario scenario;
    private final String label;
    private final NamedPolicy policy;
    private final Recording recording = new Recording();
    private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
    private final Completions completions;
    private long peakBufferBytes;

    /** Fits forecasters anew, beside the event loops. */
    private final ExecutorService refits = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "refits");
        thread.setDaemon(true);
        return thread;
    });

    Transfer(Scenario scenario, String label, NamedPolicy policy) {
        this.scenario = scenario;
        this.label = label;
        this.policy = policy;
        this.completions = new Completions(scenario.messages());
    }

    TransferResult run(ProgressBar progress) throws IOException {
        EventLoopGroup endpoints = new MultiThreadIoEventLoopGroup(2, IoHandlers.best());
        EventLoopGroup path = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (ReceivedFile received = new ReceivedFile()) {
            ShardEndpoint receiver = get(ShardEndpoint.builder(endpoints)
                    .allocator(allocator)
                    .listener(received)
                    .localAddress(loopback())
                    .bind());
            ShardEndpoint sender = get(ShardEndpoint.builder(endpoints)
                    .allocator(allocator)
                    .config(senderConfig())
                    .localAddress(loopback())
                    .bind());
            try (UdpRelay relay = UdpRelay.builder(path, receiver.localAddress())
                    .toTarget(scenario.forth())
                    .toClients(scenario.back())
                    .seeds(scenario.seed(), scenario.seed() + 1)
                    .start()) {
                recording.start();
                ShardSession session = get(sender.connect(relay.address()));
                send(session, progress);
                return result(session, received, receiver, relay.toTarget());
            } finally {
                get(sender.close());
                get(receiver.close());
            }
        } finally {
            refits.shutdownNow();
            endpoints.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            path.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private TransportConfig senderConfig() {
        return TransportConfig.builder()
                .shardPolicy(policy.make())
                .gate(policy.gate())
                .planningInterval(PLANNING_INTERVAL)
                .forecaster(this::forecaster)
                .planListener((plan, outlook) -> recording.onPlan(plan))
                .outlookListener((remote, outlook, observed) -> recording.onOutlook(outlook, observed))
                .gateListener((subject, report) -> recording.onGate(report))
                .maxPendingBytes(Math.max(64L << 20, scenario.fileBytes() + (1 << 20)))
                .build();
    }

    private AutomaticForecaster forecaster() {
        return AutomaticForecaster.builder().nonNegative(true).executor(refits).build();
    }

    private static <T> T get(Future<T> future) throws IOException {
        try {
            return future.get(GIVE_UP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException("the endpoints could not be connected: " + failed.getMessage(), failed);
        }
    }

    private void send(ShardSession session, ProgressBar progress) throws IOException {
        long start = System.nanoTime();
        completions.start(start, recording.startNanos());
        long nextSample = start;
        try (FileChannel file = FileChannel.open(scenario.file(), StandardOpenOption.READ)) {
            for (int i = 0; i < scenario.messages(); i++) {
                long due = start + scenario.dueNanos(i);
                for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                    LockSupport.parkNanos(Math.min(due - now, POLL_NANOS));
                }
                completions.watch(session.send(message(file, i), MessageOptions.reliable()), due);
                nextSample = sample(session, progress, nextSample);
            }
        }
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
        while (completions.open() > 0 && System.nanoTime() < giveUp) {
            LockSupport.parkNanos(POLL_NANOS);
            nextSample = sample(session, progress, nextSample);
        }
        progress.advanceTo(completions.done(), System.nanoTime());
    }

    private ByteBuf message(FileChannel file, int number) throws IOException {
        long offset = (long) number * scenario.messageBytes();
        int length = (int) Math.min(scenario.messageBytes(), scenario.fileBytes() - offset);
        ByteBuf message = allocator.directBuffer(Long.BYTES + length);
        message.writeLong(offset);
        long at = offset;
        while (message.isWritable()) {
            int read = message.writeBytes(file, at, message.writableBytes());
            if (read < 0) {
                message.release();
                throw new IOException(scenario.file() + ": shorter than when the transfer began");
            }
            at += read;
        }
        return message;
    }

    private long sample(ShardSession session, ProgressBar progress, long nextSample) {
        long now = System.nanoTime();
        if (now < nextSample) {
            return nextSample;
        }
        recording.onGate(session.gate());
        recording.onPace((double) session.stats().rateBytesPerSecond());
        peakBufferBytes = Math.max(
                peakBufferBytes,
                allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory());
        progress.advanceTo(completions.done(), now);
        return now + SAMPLE_NANOS;
    }

    private TransferResult result(
            ShardSession session, ReceivedFile received, ShardEndpoint receiver, LinkStatistics link)
            throws IOException {
        get(session.close());
        SessionStats stats = session.stats();
        return new TransferResult(
                label,
                received.sha256(),
                completions.seconds(),
                scenario.fileBytes(),
                completions.all(),
                completions.failed(),
                completions.firstFailure(),
                stats.sentBytes(),
                stats.repairedBytes(),
                link.dropped(DropReason.QUEUE_FULL),
                link.dropped(DropReason.LOSS),
                receiver.peakReassemblyBytes(),
                peakBufferBytes,
                recording);
    }
}
