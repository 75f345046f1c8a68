package io.foreshard.jmh.shaper.mice;

import io.foreshard.jmh.run.Schedule;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A bulk transfer that always has more to send and slows down for loss. Confined to its channel's event loop. */
final class Elephant {

    /** Before that, mice have the way for themselves: a node knows its path before somebody fills it. */
    private static final long HEAD_START_NANOS = 1_000_000_000;

    private static final long TICK_NANOS = 10_000_000;

    private final LossWindow window = new LossWindow();
    /** When each packet was first sent, by its number. */
    private final List<Long> firstNanos = new ArrayList<>();

    private Schedule schedule = new Schedule(0, 0, 0, 0, 0);
    private long offered;
    private long transmitted;

    /** Begins when the schedule says. On any thread, once, before anything else. */
    void start(Channel channel, Schedule itsSchedule) {
        schedule = itsSchedule;
        channel.eventLoop()
                .scheduleAtFixedRate(
                        () -> tick(channel),
                        schedule.beginNanos() + HEAD_START_NANOS - System.nanoTime(),
                        TICK_NANOS,
                        TimeUnit.NANOSECONDS);
    }

    private void tick(Channel channel) {
        long now = System.nanoTime();
        window.tick(now);
        pump(channel, now);
    }

    void arrived(Channel channel, long transmission, long nowNanos) {
        window.arrived(transmission, nowNanos);
        pump(channel, nowNanos);
    }

    private void pump(Channel channel, long nowNanos) {
        if (nowNanos >= schedule.lastNanos()) {
            return;
        }
        boolean any = false;
        for (; window.maySend(); any = true) {
            long number = window.send(nowNanos);
            boolean isNew = number == firstNanos.size();
            if (isNew) {
                firstNanos.add(nowNanos);
            }
            count(isNew, nowNanos);
            channel.write(Packet.of(
                    channel.alloc(), Packet.ELEPHANT, window.transmissions(), number, firstNanos.get((int) number)));
        }
        if (any) {
            channel.flush();
        }
    }

    private void count(boolean isNew, long nowNanos) {
        if (schedule.counts(nowNanos)) {
            transmitted++;
            offered += isNew ? 1 : 0;
        }
    }

    /** Returns how many packets were sent for the first time while it counted. */
    long offered() {
        return offered;
    }

    /** Returns how many were sent then, those that were sent again included. */
    long transmitted() {
        return transmitted;
    }

    double window() {
        return window.window();
    }
}
