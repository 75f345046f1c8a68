package io.foreshard.examples.stacks;

import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;

/** The clock of the replay: that on the wall until it is sped up, and then a multiple of it. Any thread. */
final class ReplayClock implements Ticker {

    private final int speed;
    private final long first = System.nanoTime();
    private volatile long spedUpAt = Long.MAX_VALUE;

    ReplayClock(int speed) {
        this.speed = speed;
    }

    int speed() {
        return speed;
    }

    /** Goes faster from now on; once. */
    void speedUp() {
        spedUpAt = System.nanoTime() - first;
    }

    @Override
    public long initialNanoTime() {
        return first;
    }

    @Override
    public long nanoTime() {
        long passed = System.nanoTime() - first;
        long fast = Math.max(0, passed - spedUpAt);
        return first + passed + fast * (speed - 1);
    }

    @Override
    public void sleep(long delay, TimeUnit unit) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(unit.toNanos(delay) / speed);
    }
}
