package io.foreshard.flowsharder.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolver;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Names are asked for, as many at once as may be; addresses are not. */
class HostNamesTest {

    private static final long LIMIT_SECONDS = 20;
    private static final InetSocketAddress ANSWER = new InetSocketAddress("10.1.2.3", 80);

    private final FakeNames late = new FakeNames();
    private final HostNames group = new HostNames(late, 2);
    private final AddressResolver<InetSocketAddress> names = group.getResolver(ImmediateEventExecutor.INSTANCE);

    private Future<InetSocketAddress> resolve(String name) {
        return names.resolve(InetSocketAddress.createUnresolved(name, 80));
    }

    @Test
    void passesTheAnswerOn() {
        Future<InetSocketAddress> known = resolve("known");
        Future<InetSocketAddress> unknown = resolve("unknown");
        assertFalse(known.isDone(), "nobody answered yet");
        late.waiting.get(0).setSuccess(ANSWER);
        late.waiting.get(1).setFailure(new UnknownHostException("unknown"));
        assertEquals(ANSWER, known.getNow());
        assertInstanceOf(UnknownHostException.class, unknown.cause());
        Future<List<InetSocketAddress>> both = names.resolveAll(InetSocketAddress.createUnresolved("both", 80));
        late.waitingForAll.get(0).setSuccess(List.of(ANSWER, ANSWER));
        assertEquals(List.of(ANSWER, ANSWER), both.getNow());
    }

    @Test
    void addressesAskNobody() {
        assertEquals(
                new InetSocketAddress("192.0.2.1", 80), resolve("192.0.2.1").getNow());
        assertEquals(
                new InetSocketAddress("2001:db8::1", 80), resolve("2001:db8::1").getNow());
        assertTrue(late.waiting.isEmpty());
    }

    @Test
    void moreThanMayWaitAreRefusedAtOnce() {
        Future<InetSocketAddress> first = resolve("first");
        Future<InetSocketAddress> second = resolve("second");
        assertInstanceOf(RejectedExecutionException.class, resolve("third").cause());
        late.waiting.get(0).setSuccess(ANSWER);
        assertTrue(first.isSuccess());
        assertFalse(resolve("fourth").isDone(), "one answer made room");
        assertFalse(second.isDone());
    }

    /** Name servers go on although who asked has left: that must not let ever more be asked. */
    @Test
    void whatNobodyWaitsForMakesRoomOnlyWhenItIsAnswered() {
        resolve("first");
        resolve("second").cancel(false);
        assertFalse(late.waiting.get(1).isCancelled());
        assertInstanceOf(RejectedExecutionException.class, resolve("third").cause());
        late.waiting.get(1).setSuccess(ANSWER);
        assertFalse(resolve("fourth").isDone());
    }

    @Test
    void asksNobodyOnceItIsClosed() {
        group.close();
        assertInstanceOf(RejectedExecutionException.class, resolve("late").cause());
        assertTrue(late.waiting.isEmpty());
    }

    /** The file of hosts is read without a name server. */
    @Test
    void asksTheSystemFromTheEventLoop() throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (HostNames system = HostNames.byDns(NioDatagramChannel::new, NioSocketChannel::new)) {
            Future<InetSocketAddress> local =
                    system.getResolver(loops.next()).resolve(InetSocketAddress.createUnresolved("localhost", 80));
            assertTrue(local.await(LIMIT_SECONDS, TimeUnit.SECONDS), "no answer");
            assertTrue(local.getNow().getAddress().isLoopbackAddress());
        } finally {
            assertTrue(loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).await(LIMIT_SECONDS, TimeUnit.SECONDS));
        }
    }
}
