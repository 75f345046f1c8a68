package io.foreshard.jmh.stacks;

import io.foreshard.stackvirt.mux.StackEvents;
import io.foreshard.stackvirt.mux.StackSet;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackLink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A stack in virtual time: some workers and a queue in front of them, with a link for each multiplexer that sends to it. How long a message
 * takes is drawn from a normal distribution, cut off at zero, and divided by the speed of the stack.
 */
final class ModelStack {

    private final StackId id;
    private final EventLoop loop;
    private final Random random;
    private final double meanNanos;
    private final double deviation;
    private final Deque<Work> queue = new ArrayDeque<>();
    private int idle;
    private double speed = 1;

    private record Work(StackLink.Listener asker, long correlation, ByteBuf body) {}

    /**
     * Makes one.
     *
     * @param deviation of the times, as a part of their mean
     */
    ModelStack(StackId id, EventLoop loop, int workers, double meanNanos, double deviation, Random random) {
        this.id = id;
        this.loop = loop;
        this.random = random;
        this.idle = workers;
        this.meanNanos = meanNanos;
        this.deviation = deviation;
    }

    /** Lets the stacks of a multiplexer have this one among them. */
    void join(StackSet set) {
        set.open(id, new Link(set));
    }

    /** Changes how fast it works; messages in the works stay as they are. */
    void speed(double newSpeed) {
        speed = newSpeed;
    }

    private void work() {
        if (idle > 0 && !queue.isEmpty()) {
            idle--;
            Work next = queue.remove();
            double nanos = Math.max(0, meanNanos * (1 + deviation * random.nextGaussian())) / speed;
            loop.schedule(() -> done(next), (long) nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void done(Work work) {
        idle++;
        work();
        work.asker().onReply(work.correlation(), work.body());
    }

    private final class Link implements StackLink, StackEvents {

        private final StackLink.Listener listener;

        Link(StackSet set) {
            listener = set.add(id, this);
        }

        @Override
        public boolean send(long correlation, ByteBuf message) {
            queue.add(new Work(listener, correlation, message));
            work();
            return true;
        }

        @Override
        public boolean ping(long correlation) {
            return true;
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void close() {
            queue.removeIf(each -> each.asker() == listener && each.body().release());
        }

        @Override
        public void onPong(long correlation) {}

        @Override
        public void onDrained() {}

        @Override
        public void onLie() {}

        @Override
        public void onClosed(StackFailure failure) {}
    }
}
