package io.foreshard.jmh.shaper.mice;

import io.foreshard.jmh.lossy.Percentile;
import io.foreshard.jmh.run.Schedule;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Small packets at the times of a Poisson process, each from a socket that is drawn, whatever became of others. Confined to the event loop. */
final class Mice {

    /** As many as in the anchor's packet model. */
    private static final double PACKETS_PER_SECOND = 500;

    private final List<Channel> channels;
    private final SplittableRandom random;
    private final long[] numbers;
    private Schedule schedule = new Schedule(0, 0, 0, 0, 0);
    private double dueNanos;
    private long sent;
    private long[] lateNanos = new long[1 << 12];

    Mice(List<Channel> channels, long seed) {
        this.channels = List.copyOf(channels);
        random = new SplittableRandom(seed);
        numbers = new long[channels.size()];
    }

    private double gap() {
        return -Math.log(1 - random.nextDouble()) / PACKETS_PER_SECOND * 1e9;
    }

    /** Begins when the schedule says. On any thread, once, before anything else. */
    void start(EventLoop loop, Schedule itsSchedule) {
        schedule = itsSchedule;
        dueNanos = schedule.beginNanos() + gap();
        loop.execute(() -> sendDue(loop));
    }

    private void sendDue(EventLoop loop) {
        for (long now = System.nanoTime(); dueNanos <= now; dueNanos += gap()) {
            send((long) dueNanos, now);
        }
        if (dueNanos < schedule.lastNanos()) {
            loop.schedule(() -> sendDue(loop), (long) dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    private void send(long due, long nowNanos) {
        int mouse = random.nextInt(channels.size());
        Channel channel = channels.get(mouse);
        channel.writeAndFlush(Packet.of(channel.alloc(), mouse + 1, 0, numbers[mouse]++, due));
        if (schedule.counts(due)) {
            lateNanos = sent == lateNanos.length ? Arrays.copyOf(lateNanos, 2 * lateNanos.length) : lateNanos;
            lateNanos[(int) sent++] = nowNanos - due;
        }
    }

    /** Returns how late they were sent, which is what this machine adds before anything of ours. */
    double lateNanos(double percent) {
        return Percentile.of(LongStream.of(lateNanos).limit(sent), percent);
    }

    /** Returns how many were due while it counted. */
    long sent() {
        return sent;
    }
}
