package io.foreshard.simulator;

/** The network interface of a node: what it has not sent yet fills the buffers of the sockets. */
final class Egress {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Scheduler scheduler;
    private final double bytesPerSecond;
    private long busyUntilNanos;

    Egress(Scheduler scheduler, double bytesPerSecond) {
        this.scheduler = scheduler;
        this.bytesPerSecond = bytesPerSecond;
    }

    boolean isUnlimited() {
        return Double.isInfinite(bytesPerSecond);
    }

    /** Runs the action when so many bytes have left. */
    void transmit(int lengthBytes, Runnable done) {
        long begin = Math.max(busyUntilNanos, scheduler.nowNanos());
        busyUntilNanos = begin + (long) Math.ceil(lengthBytes * NANOS_PER_SECOND / bytesPerSecond);
        scheduler.at(busyUntilNanos, done);
    }
}
