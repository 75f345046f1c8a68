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
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Names are asked for, as many at once as may be; addresses are not. */
class HostNamesTest {

    private static final long LIMIT_SECONDS = 20;
    private static final InetSocketAddress ANSWER = new InetSocketAddress("10.1.2.3", 80);

    /** Answers when it is told to. */
    private static final class Late extends AddressResolverGroup<InetSocketAddress> {

        final List<Promise<InetSocketAddress>> asked = new ArrayList<>();

        @Override
        protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
            return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {
                @Override
                protected boolean doIsResolved(InetSocketAddress address) {
                    return !address.isUnresolved();
                }

                @Override
                protected void doResolve(InetSocketAddress named, Promise<InetSocketAddress> promise) {
                    asked.add(promise);
                }

                @Override
                protected void doResolveAll(InetSocketAddress named, Promise<List<InetSocketAddress>> promise) {
                    promise.setSuccess(List.of(ANSWER, ANSWER));
                }
            };
        }
    }

    private final Late late = new Late();
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
        late.asked.get(0).setSuccess(ANSWER);
        late.asked.get(1).setFailure(new UnknownHostException("unknown"));
        assertEquals(ANSWER, known.getNow());
        assertInstanceOf(UnknownHostException.class, unknown.cause());
        assertEquals(
                2,
                names.resolveAll(InetSocketAddress.createUnresolved("both", 80))
                        .getNow()
                        .size());
    }

    @Test
    void addressesAskNobody() {
        assertEquals(
                new InetSocketAddress("192.0.2.1", 80), resolve("192.0.2.1").getNow());
        assertEquals(
                new InetSocketAddress("2001:db8::1", 80), resolve("2001:db8::1").getNow());
        assertTrue(late.asked.isEmpty());
    }

    @Test
    void moreThanMayWaitAreRefusedAtOnce() {
        Future<InetSocketAddress> first = resolve("first");
        Future<InetSocketAddress> second = resolve("second");
        assertInstanceOf(RejectedExecutionException.class, resolve("third").cause());
        late.asked.get(0).setSuccess(ANSWER);
        assertTrue(first.isSuccess());
        assertFalse(resolve("fourth").isDone(), "one answer made room");
        assertFalse(second.isDone());
    }

    /** Name servers go on although who asked has left: that must not let ever more be asked. */
    @Test
    void whatNobodyWaitsForMakesRoomOnlyWhenItIsAnswered() {
        resolve("first");
        resolve("second").cancel(false);
        assertFalse(late.asked.get(1).isCancelled());
        assertInstanceOf(RejectedExecutionException.class, resolve("third").cause());
        late.asked.get(1).setSuccess(ANSWER);
        assertFalse(resolve("fourth").isDone());
    }

    @Test
    void asksNobodyOnceItIsClosed() {
        group.close();
        assertInstanceOf(RejectedExecutionException.class, resolve("late").cause());
        assertTrue(late.asked.isEmpty());
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
