package io.foreshard.jmh.shaper.live;

import io.foreshard.flowshaper.Bottleneck;
import io.foreshard.flowshaper.FlowShaper;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.traffic.ChannelTrafficShapingHandler;
import io.netty.handler.traffic.GlobalTrafficShapingHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Counts in windows of a second what a shaper lets through while more than enough waits all the time. */
final class RateContestant {

    private static final long WINDOW_NANOS = 1_000_000_000;
    private static final int WARM_UP_WINDOWS = 2;
    private static final double LEAST_BACKLOG = 200;
    /** What waits is as much as leaves in this time. */
    private static final double BACKLOG_SECONDS = 0.02;

    private final Loopback loopback = new Loopback();
    private final long[] windows;
    private final int backlog;
    private long startNanos;
    private long released;
    private long offered;

    private RateContestant(int windows, double bytesPerSecond) {
        this.windows = new long[WARM_UP_WINDOWS + windows];
        this.backlog = (int) Math.max(LEAST_BACKLOG, BACKLOG_SECONDS * bytesPerSecond / Loopback.PACKET_BYTES);
    }

    /**
     * Runs the program.
     *
     * @param arguments the file for the bytes of each window; foreshard, channel or global; bytes per second; how many windows
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        double rate = Double.parseDouble(arguments[2]);
        RateContestant contestant = new RateContestant(Integer.parseInt(arguments[3]), rate);
        contestant.run(contestant.handler(arguments[1], rate));
        StringBuilder text = new StringBuilder();
        for (int window = WARM_UP_WINDOWS; window < contestant.windows.length; window++) {
            text.append(text.isEmpty() ? "" : " ").append(contestant.windows[window]);
        }
        Files.writeString(Path.of(arguments[0]), text);
        System.exit(0);
    }

    private ChannelHandler handler(String kind, double rate) {
        return switch (kind) {
            case "foreshard" -> {
                FlowShaper shaper = FlowShaper.builder(loopback.loop())
                        .calculator(name -> new FixedLaw(rate, 0))
                        .build();
                Bottleneck bottleneck = shaper.bottleneck("sink", loopback.sinkAddress());
                yield shaper.datagramHandler(recipient -> bottleneck);
            }
            case "channel" -> new ChannelTrafficShapingHandler((long) rate, 0);
            case "global" -> new GlobalTrafficShapingHandler(loopback.loop(), (long) rate, 0);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private void run(ChannelHandler handler) throws InterruptedException {
        Channel channel = loopback.open(new WriteWatch((packet, now) -> count(now)), handler);
        Thread.sleep(100);
        channel.eventLoop().execute(() -> startNanos = System.nanoTime());
        channel.eventLoop().scheduleAtFixedRate(() -> topUp(channel), 0, 1, TimeUnit.MILLISECONDS);
        Thread.sleep((windows.length * WINDOW_NANOS + WINDOW_NANOS / 10) / 1_000_000);
    }

    private void topUp(Channel channel) {
        for (; offered - released < backlog; offered++) {
            channel.write(loopback.packet());
        }
        channel.flush();
    }

    private void count(long now) {
        released++;
        int window = (int) ((now - startNanos) / WINDOW_NANOS);
        if (window < windows.length) {
            windows[window] += Loopback.PACKET_BYTES;
        }
    }
}
