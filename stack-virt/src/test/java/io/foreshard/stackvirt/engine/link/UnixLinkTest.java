package io.foreshard.stackvirt.engine.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.spi.StackException;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackLink;
import io.foreshard.stackvirt.worker.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other side is a socket that the test writes bytes to. */
@Timeout(30)
class UnixLinkTest {

    private static final int LARGEST = 1000;

    @TempDir
    private Path folder;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private Path socket;
    private ServerSocketChannel server;
    private EventLoopGroup loops;

    @BeforeEach
    void listen() throws IOException {
        socket = folder.resolve("s");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        if (loops != null) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private CompletionStage<StackLink> connect(boolean epoll, BooleanSupplier alive) {
        loops = new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        return new UnixConnector(socket, loops.next(), terms(alive)).connect(Duration.ofSeconds(1));
    }

    private LinkTerms terms(BooleanSupplier alive) {
        return new LinkTerms(
                new FrameProtocol(),
                new LinkLimits(3, 100, LARGEST),
                new Recorder(told, String::length),
                alive,
                () -> CompletableFuture.completedStage(StackFailure.OUT_OF_MEMORY));
    }

    private StackLink link(boolean epoll) {
        return connect(epoll, () -> true).toCompletableFuture().join();
    }

    private boolean send(StackLink link, long correlation, int length) {
        ByteBuf message = Unpooled.buffer().writeZero(length);
        boolean taken = loops.submit(() -> link.send(correlation, message))
                .awaitUninterruptibly()
                .getNow();
        assertTrue(taken || message.refCnt() == 0, "released when refused");
        return taken;
    }

    private static byte[] frame(int length, int type, long correlation, int content) {
        return ByteBuffer.allocate(FrameType.HEADER_BYTES + content)
                .putInt(length)
                .put((byte) type)
                .putLong(correlation)
                .array();
    }

    private static byte[] frame(FrameType type, long correlation, int content) {
        return frame(FrameType.LEAST_LENGTH + content, type.code(), correlation, content);
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private String next() throws InterruptedException {
        return String.valueOf(told.poll(20, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersAreReadWhateverTheyAreCutInto(boolean epoll) throws IOException, InterruptedException {
        StackLink link = link(epoll);
        try (SocketChannel stack = server.accept()) {
            assertTrue(send(link, 1, 10));
            assertTrue(send(link, 2, 10));
            assertTrue(loops.submit(() -> link.ping(3)).awaitUninterruptibly().getNow());
            ByteBuffer all = ByteBuffer.allocate(200)
                    .put(frame(FrameType.REPLY, 2, 30))
                    .put(frame(FrameType.PONG, 3, 0))
                    .put(frame(FrameType.ERROR, 1, 0))
                    .flip();
            while (all.hasRemaining()) {
                write(stack, new byte[] {all.get()});
            }
            assertEquals("reply 2 30", next());
            assertEquals("pong 3", next());
            assertEquals("error 1", next());
        }
        assertEquals("closed OUT_OF_MEMORY", next());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAStackMayNotSendCutsItOff(boolean epoll) throws IOException, InterruptedException {
        byte[][] lies = {
            frame(FrameType.REPLY, 2, 1),
            frame(FrameType.ERROR, 2, 0),
            frame(FrameType.ERROR, 1, 1),
            frame(FrameType.PONG, 1, 0),
            frame(FrameType.MESSAGE, 1, 1),
            frame(FrameType.REPLY, 1, LARGEST + 1),
            frame(FrameType.LEAST_LENGTH - 1, FrameType.REPLY.code(), 1, 0),
            frame(-5, FrameType.REPLY.code(), 1, 0),
            frame(Integer.MAX_VALUE, FrameType.REPLY.code(), 1, 0),
            frame(FrameType.LEAST_LENGTH, 77, 1, 0),
        };
        for (byte[] lie : lies) {
            StackLink link = link(epoll);
            try (SocketChannel stack = server.accept()) {
                assertTrue(send(link, 1, 10));
                write(stack, java.util.Arrays.copyOf(lie, FrameType.HEADER_BYTES));
                assertEquals("closed PROTOCOL_BROKEN", next());
                assertFalse(send(link, 9, 1));
            }
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
        assertEquals(0, told.size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerCountsOnce(boolean epoll) throws IOException, InterruptedException {
        StackLink link = link(epoll);
        try (SocketChannel stack = server.accept()) {
            assertTrue(send(link, 1, 10));
            write(stack, frame(FrameType.REPLY, 1, 0));
            write(stack, frame(FrameType.REPLY, 1, 0));
            assertEquals("reply 1 0", next());
            assertEquals("closed PROTOCOL_BROKEN", next());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bytesInFlightAreBounded(boolean epoll) throws IOException, InterruptedException {
        StackLink link = link(epoll);
        try (SocketChannel stack = server.accept()) {
            assertFalse(send(link, 0, LARGEST + 1));
            assertTrue(send(link, 1, 99));
            assertTrue(send(link, 2, 1));
            assertFalse(send(link, 3, 1));
            write(stack, frame(FrameType.REPLY, 1, 0));
            assertEquals("reply 1 0", next());
            assertEquals("writable", next());
            assertTrue(send(link, 3, 1));
            assertTrue(send(link, 4, 1));
            assertFalse(send(link, 5, 1));
            link.close();
            assertEquals("closed OUT_OF_MEMORY", next());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoDoesNotListenIsUnreachable(boolean epoll) throws IOException {
        server.close();
        java.nio.file.Files.delete(socket);
        assertEquals(StackFailure.UNREACHABLE, failure(connect(epoll, () -> true)));
        assertEquals(StackFailure.OUT_OF_MEMORY, failure(connect(epoll, () -> false)));
    }

    private static StackFailure failure(CompletionStage<StackLink> link) {
        CompletionException fault = assertThrows(
                CompletionException.class, () -> link.toCompletableFuture().join());
        return assertInstanceOf(StackException.class, fault.getCause()).failure();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noiseNeverDoesMoreThanCutTheStackOff(boolean epoll) throws IOException, InterruptedException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int run = 0; run < 20; run++) {
            StackLink link = link(epoll);
            try (SocketChannel stack = server.accept()) {
                assertTrue(send(link, 1, 1), "seed " + seed);
                byte[] noise = new byte[FrameType.HEADER_BYTES + random.nextInt(200)];
                random.nextBytes(noise);
                // Often near to the truth.
                ByteBuffer.wrap(noise)
                        .putInt(random.nextInt(20))
                        .put((byte) random.nextInt(6))
                        .putLong(random.nextInt(2));
                write(stack, noise);
            } catch (IOException cutOff) {
                // The link closed while the noise was still being written.
            }
            String last = next();
            while (!last.startsWith("closed ")) {
                last = next();
            }
            assertTrue(
                    last.equals("closed PROTOCOL_BROKEN") || last.equals("closed OUT_OF_MEMORY"),
                    "seed " + seed + " " + last);
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
