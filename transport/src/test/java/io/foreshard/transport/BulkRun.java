package io.foreshard.transport;

import io.foreshard.simulator.SimulatedLink;
import io.foreshard.simulator.link.DropReason;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** Keeps sessions of a pair busy and looks at the forward link every few milliseconds. */
final class BulkRun {

    private static final Duration STEP = Duration.ofMillis(5);

    private final SimulatedPair pair;
    private final int messageBytes;
    private long[] queuedBytes = new long[0];
    private long seconds;
    private long deliveredBytes;
    private long offeredPackets;
    private long droppedPackets;

    BulkRun(SimulatedPair pair, int messageBytes) {
        this.pair = pair;
        this.messageBytes = messageBytes;
        pair.atServer.keepContent = false;
    }

    /** Keeps so many bytes queued on a session until the simulation ends. */
    BulkRun feed(ShardSession session, long outstandingBytes) {
        for (long queued = 0; queued < outstandingBytes; queued += messageBytes) {
            sendNext(session);
        }
        return this;
    }

    private void sendNext(ShardSession session) {
        Future<Void> sent = session.send(pair.message(new byte[messageBytes]), MessageOptions.reliable());
        sent.addListener(done -> {
            if (done.isSuccess()) {
                sendNext(session);
            }
        });
    }

    /** Lets time pass, and looks. */
    BulkRun watch(Duration length) {
        SimulatedLink link = pair.simulation.link(pair.clientNode, pair.serverNode);
        int steps = (int) (length.toNanos() / STEP.toNanos());
        queuedBytes = new long[steps];
        long before = pair.atServer.receivedBytes;
        long offeredBefore = link.statistics().offeredDatagrams();
        long droppedBefore = link.statistics().dropped(DropReason.QUEUE_FULL);
        for (int i = 0; i < steps; i++) {
            pair.simulation.runFor(STEP);
            queuedBytes[i] = link.queuedBytes();
        }
        seconds = length.toSeconds();
        deliveredBytes = pair.atServer.receivedBytes - before;
        offeredPackets = link.statistics().offeredDatagrams() - offeredBefore;
        droppedPackets = link.statistics().dropped(DropReason.QUEUE_FULL) - droppedBefore;
        return this;
    }

    double goodputBytesPerSecond() {
        return (double) deliveredBytes / Math.max(1, seconds);
    }

    double utilisation(double capacityBytesPerSecond) {
        return goodputBytesPerSecond() / capacityBytesPerSecond;
    }

    /** Returns the delay in the bottleneck's queue below which a share of the samples is, in milliseconds. */
    double queueMillis(double share, double capacityBytesPerSecond) {
        long[] sorted = queuedBytes.clone();
        Arrays.sort(sorted);
        return sorted[(int) (share * (sorted.length - 1))] / capacityBytesPerSecond * 1e3;
    }

    double queueLossRatio() {
        return offeredPackets == 0 ? 0 : (double) droppedPackets / offeredPackets;
    }

    String row(String name, double capacity) {
        return String.format(
                Locale.ROOT,
                "%-34s utilisation %.3f  queue p50 %6.1f p95 %6.1f max %6.1f ms  queue loss %.4f",
                name,
                utilisation(capacity),
                queueMillis(0.5, capacity),
                queueMillis(0.95, capacity),
                queueMillis(1, capacity),
                queueLossRatio());
    }
}
