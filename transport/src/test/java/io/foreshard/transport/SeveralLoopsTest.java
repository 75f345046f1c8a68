package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshard.reassembler.MessageInfo;
import io.foreshard.simulator.link.Impairment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SeveralLoopsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Impairment CLEAN = Impairment.builder()
            .rateBytesPerSecond(12_500_000)
            .delay(Duration.ofMillis(5))
            .queueBytes(500_000)
            .build();

    @Test
    void sessionsSpreadOverTheLoopsAndWhatArrivesOnAnotherLoopIsHandedOver() {
        TransportConfig config = SimulatedPair.config(1).build();
        try (SimulatedPair pair = new SimulatedPair(1, CLEAN, CLEAN, config, 4)) {
            List<Future<Void>> sent = new ArrayList<>();
            Set<Integer> owners = new HashSet<>();
            for (int i = 0; i < 16; i++) {
                ShardSession session = pair.connect();
                sent.add(pair.send(session, 50_000 + i));
                sent.add(session.send(pair.message(new byte[10]), MessageOptions.bestEffort()));
            }
            pair.runUntilDone(sent, LIMIT);
            assertTrue(sent.stream().allMatch(Future::isSuccess));
            assertEquals(32, pair.atServer.messages.size());
            pair.atServer.opened.forEach(session -> owners.add(
                    SessionSecrets.loopOf(SimulatedPair.engine(session).id())));
            assertEquals(Set.of(0, 1, 2, 3), owners);
            assertEquals(16, pair.atServer.opened.size());
        }
    }

    @Test
    void aHelloRepeatedOnAnyLoopFindsItsSession() {
        Impairment lossy = CLEAN.toBuilder().duplicate(1).build();
        try (SimulatedPair pair =
                new SimulatedPair(2, lossy, CLEAN, SimulatedPair.config(2).build(), 4)) {
            for (int i = 0; i < 8; i++) {
                pair.connect();
            }
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertEquals(8, pair.atServer.opened.size());
        }
    }

    /** Counts by thread. */
    private static final class Counting implements SessionListener {

        private final AtomicInteger messages = new AtomicInteger();
        private final AtomicInteger wrong = new AtomicInteger();
        private final Set<String> threads = ConcurrentHashMap.newKeySet();

        @Override
        public void onMessage(ShardSession session, MessageInfo info, ByteBuf message) {
            threads.add(Thread.currentThread().getName());
            for (int i = 0; i < message.readableBytes(); i += 997) {
                if (message.getByte(i) != (byte) i) {
                    wrong.incrementAndGet();
                }
            }
            message.release();
            messages.incrementAndGet();
        }
    }

    private static ByteBuf pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return Unpooled.wrappedBuffer(bytes);
    }

    private static <T> T get(Future<T> future) throws Exception {
        assertTrue(future.await(20, TimeUnit.SECONDS), "not done in time");
        return future.get();
    }

    /** Sends five messages over each of some new sessions, all at once, and returns how many that were. */
    private static int sendOver(int sessions, ShardEndpoint client, ShardEndpoint server) throws Exception {
        List<Future<Void>> sent = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            ShardSession session = get(client.connect(server.localAddress()));
            for (int j = 0; j < 5; j++) {
                sent.add(session.send(pattern(1 + 30_000 * j), MessageOptions.reliable()));
            }
        }
        for (Future<Void> future : sent) {
            get(future);
        }
        return sent.size();
    }

    private static void realSockets(IoHandlerFactory io) throws Exception {
        TestLog.drain();
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(2, io);
        try {
            Counting atServer = new Counting();
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            ShardEndpoint server = get(ShardEndpoint.builder(group)
                    .localAddress(any)
                    .listener(atServer)
                    .loops(2)
                    .bind());
            ShardEndpoint client =
                    get(ShardEndpoint.builder(group).localAddress(any).loops(2).bind());
            int messages = sendOver(8, client, server);
            // Which loop has a session is chance: one run in 128 has the first eight on one.
            for (int i = 0; i < 7 && atServer.threads.size() < 2; i++) {
                messages += sendOver(8, client, server);
            }
            assertEquals(messages, atServer.messages.get());
            assertEquals(0, atServer.wrong.get());
            assertEquals(2, atServer.threads.size(), "both loops had sessions");
            get(client.close());
            get(server.close());
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
        }
        assertEquals(List.of(), TestLog.drain());
    }

    @Test
    void twoLoopsShareAnAddressOverNio() throws Exception {
        realSockets(NioIoHandler.newFactory());
    }

    @Test
    void twoLoopsShareAnAddressOverEpoll() throws Exception {
        assumeTrue(Epoll.isAvailable(), () -> "epoll is not available here: " + Epoll.unavailabilityCause());
        realSockets(EpollIoHandler.newFactory());
    }
}
