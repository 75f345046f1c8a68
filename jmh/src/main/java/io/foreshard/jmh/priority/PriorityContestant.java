package io.foreshard.jmh.priority;

import io.foreshard.transport.IoHandlers;
import io.foreshard.transport.MessageOptions;
import io.foreshard.transport.ShardEndpoint;
import io.foreshard.transport.ShardSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps a session busy with bulk, sends urgent messages on a schedule beside it, receives both itself, and writes when each urgent one
 * was there. Ours with everything as shipped.
 */
final class PriorityContestant {

    static final int URGENT_BYTES = 1024;

    private static final int BULK_BYTES = 64 << 10;
    private static final double URGENT_PER_SECOND = 50;
    private static final int WARM_UPS = 150;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final PriorityTask task;
    private final PriorityInbox inbox;
    private final long[] atNanos;

    private PriorityContestant(PriorityTask task) {
        this.task = task;
        this.inbox = new PriorityInbox(WARM_UPS + task.counted());
        this.atNanos = poisson(WARM_UPS + task.counted(), task.seed());
    }

    /**
     * Runs the program.
     *
     * @param arguments see {@link PriorityTask}
     */
    public static void main(String[] arguments) throws Exception {
        new PriorityContestant(PriorityTask.parse(arguments)).run();
        System.exit(0);
    }

    private static long[] poisson(int count, long seed) {
        Random random = new Random(seed);
        long[] at = new long[count];
        double seconds = 0;
        for (int i = 0; i < count; i++) {
            seconds -= Math.log(1 - random.nextDouble()) / URGENT_PER_SECOND;
            at[i] = (long) (seconds * 1e9);
        }
        return at;
    }

    private void run() throws IOException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, IoHandlers.best());
        InetAddress loopback = InetAddress.getLoopbackAddress();
        bind(group, new InetSocketAddress(loopback, task.receiverPort()));
        ShardEndpoint sender = bind(group, new InetSocketAddress(loopback, 0));
        ShardSession session = sender.connect(new InetSocketAddress(loopback, task.relayPort()))
                .syncUninterruptibly()
                .getNow();
        for (int queued = 0; queued < task.backlogBytes(); queued += BULK_BYTES) {
            sendBulk(session);
        }
        measure(session).write(task.rows());
    }

    private ShardEndpoint bind(EventLoopGroup group, InetSocketAddress address) {
        return ShardEndpoint.builder(group)
                .localAddress(address)
                .listener(inbox)
                .bind()
                .syncUninterruptibly()
                .getNow();
    }

    private void sendBulk(ShardSession session) {
        MessageOptions options =
                MessageOptions.reliable().withTrafficClass(task.variant().bulk());
        session.send(Unpooled.wrappedBuffer(new byte[BULK_BYTES]), options).addListener(done -> {
            if (done.isSuccess()) {
                sendBulk(session);
            }
        });
    }

    private PriorityResult measure(ShardSession session) throws IOException {
        MessageOptions options =
                MessageOptions.reliable().withTrafficClass(task.variant().urgent());
        long start = System.nanoTime();
        long countedFrom = 0;
        long bulkBefore = 0;
        for (int i = 0; i < atNanos.length; i++) {
            waitUntil(start + atNanos[i]);
            if (i == WARM_UPS) {
                countedFrom = System.nanoTime();
                bulkBefore = inbox.bulkBytes();
            }
            session.send(urgent(i), options);
        }
        long nanos = System.nanoTime() - countedFrom;
        long bulk = inbox.bulkBytes() - bulkBefore;
        inbox.awaitAll(LIMIT_NANOS);
        return new PriorityResult(bulk, nanos, times(start));
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(Math.max(left, SHORTEST_PAUSE_NANOS), LONGEST_PAUSE_NANOS));
        }
    }

    private static ByteBuf urgent(int index) {
        return Unpooled.buffer(URGENT_BYTES).writeInt(index).writeZero(URGENT_BYTES - Integer.BYTES);
    }

    private List<Long> times(long start) {
        List<Long> taken = new ArrayList<>();
        for (int i = WARM_UPS; i < atNanos.length; i++) {
            taken.add(inbox.arrivedNanos(i) - start - atNanos[i]);
        }
        return taken;
    }
}
