package io.foreshard.jmh.shaper.scheduling;

import java.util.Locale;

/** Who takes part. */
enum Contender {
    FORESHARD,
    HASHED_WHEEL_TIMER_1MS,
    DELAY_QUEUE,
    NETTY_TASK_PER_PACKET,
    AGRONA_1US,
    AGRONA_1MS,
    /** What all have in common, alone; takes no part. */
    NO_TIMER,
    /** Our look-up and a flow's history, alone: nothing has to wait, so there is neither a FIFO nor a bulk; takes no part. */
    FORESHARD_PASSING;

    Course course(int flows) {
        return this == HASHED_WHEEL_TIMER_1MS
                ? new HashedWheelCourse(flows)
                : new VirtualCourse(scheduler(flows, flows * VirtualCourse.GAP_NANOS), flows);
    }

    private FlowScheduler scheduler(int flows, long spacingNanos) {
        return switch (this) {
            case FORESHARD -> ForeshardScheduler.of(flows);
            case FORESHARD_PASSING -> new ForeshardScheduler(flows, Double.POSITIVE_INFINITY);
            case DELAY_QUEUE -> new DelayQueueScheduler(flows, spacingNanos);
            case NETTY_TASK_PER_PACKET -> new NettyTaskScheduler(flows, spacingNanos);
            case AGRONA_1US -> new AgronaScheduler(flows, spacingNanos, 1 << 10);
            case AGRONA_1MS -> new AgronaScheduler(flows, spacingNanos, 1 << 20);
            case NO_TIMER, HASHED_WHEEL_TIMER_1MS -> new UnscheduledFlows(flows, spacingNanos);
        };
    }

    /** Returns whether it is one that ours is compared with. */
    boolean isPeer() {
        return switch (this) {
            case FORESHARD, FORESHARD_PASSING, NO_TIMER -> false;
            default -> true;
        };
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
