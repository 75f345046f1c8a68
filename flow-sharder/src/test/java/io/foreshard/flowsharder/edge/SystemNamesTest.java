package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A system that answers late, or not: who asks it goes on meanwhile. */
class SystemNamesTest {

    private static final long LIMIT_SECONDS = 20;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answers = new CountDownLatch(1);
    private final Queue<String> lookedUp = new ConcurrentLinkedQueue<>();
    private final SystemNames names = new SystemNames(this::slowly, 1, 2);

    private InetAddress[] slowly(String name) throws UnknownHostException {
        lookedUp.add(name);
        asked.countDown();
        try {
            assertTrue(answers.await(LIMIT_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        if (name.equals("nobody")) {
            throw new UnknownHostException(name);
        }
        return new InetAddress[] {InetAddress.getByAddress(name, new byte[] {10, 1, 2, 3})};
    }

    @AfterEach
    void stop() throws InterruptedException {
        answers.countDown();
        names.close();
        assertTrue(group.shutdownGracefully(0, 5, TimeUnit.SECONDS).await(LIMIT_SECONDS, TimeUnit.SECONDS));
    }

    private Future<InetSocketAddress> resolve(String name) {
        return names.getResolver(group.next()).resolve(InetSocketAddress.createUnresolved(name, 80));
    }

    private static InetSocketAddress result(Future<InetSocketAddress> future) throws InterruptedException {
        assertTrue(future.await(LIMIT_SECONDS, TimeUnit.SECONDS), "no answer");
        return future.getNow();
    }

    @Test
    void anEventLoopGoesOnWhileANameIsLookedUp() throws Exception {
        Future<InetSocketAddress> late =
                group.next().submit(() -> resolve("late")).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertTrue(asked.await(LIMIT_SECONDS, TimeUnit.SECONDS));
        Thread loop = group.next().submit(Thread::currentThread).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertTrue(!late.isDone(), "it has to wait");
        answers.countDown();
        assertEquals("10.1.2.3:80", HostAndPort.format(result(late)));
        assertNotSame(loop, Thread.currentThread());
    }

    @Test
    void addressesAskNobody() throws Exception {
        assertEquals("192.0.2.1:80", HostAndPort.format(result(resolve("192.0.2.1"))));
        assertEquals(80, result(resolve("2001:db8::1")).getPort());
        assertTrue(lookedUp.isEmpty());
    }

    @Test
    void moreThanMayWaitAreRefusedAtOnce() throws Exception {
        List<Future<InetSocketAddress>> fit = List.of(resolve("first"), resolve("second"), resolve("third"));
        Future<InetSocketAddress> tooMany = resolve("fourth");
        assertTrue(tooMany.await(LIMIT_SECONDS, TimeUnit.SECONDS));
        assertInstanceOf(RejectedExecutionException.class, tooMany.cause());
        answers.countDown();
        for (Future<InetSocketAddress> each : fit) {
            assertEquals(80, result(each).getPort());
        }
    }

    @Test
    void whatNobodyWaitsForIsNotLookedUp() throws Exception {
        resolve("first");
        Future<InetSocketAddress> dropped = resolve("dropped");
        Future<InetSocketAddress> third = resolve("nobody");
        dropped.cancel(false);
        answers.countDown();
        assertTrue(third.await(LIMIT_SECONDS, TimeUnit.SECONDS));
        assertInstanceOf(UnknownHostException.class, third.cause());
        assertEquals(List.of("first", "nobody"), List.copyOf(lookedUp));
    }
}
