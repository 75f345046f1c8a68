package io.foreshard.stackvirt.engine.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.spi.StackException;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackLink;
import io.foreshard.stackvirt.worker.StackWorker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other side is a worker that connects. */
@Timeout(30)
class UnixAcceptorTest {

    @TempDir
    private Path folder;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private EventLoopGroup loops;
    private StackWorker worker;
    private Thread thread;
    private int sockets;

    @AfterEach
    void stop() throws IOException, InterruptedException {
        if (worker != null) {
            worker.close();
            thread.join();
        }
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private EventLoop loop(boolean epoll) {
        if (loops == null) {
            loops = new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        }
        return loops.next();
    }

    private Path socket() {
        return folder.resolve("s");
    }

    private CompletionStage<StackLink> accept(boolean epoll, Duration patience, BooleanSupplier alive) {
        LinkTerms terms = new LinkTerms(
                new FrameProtocol(),
                new LinkLimits(3, 100, 1000),
                new Recorder(told),
                alive,
                () -> CompletableFuture.completedStage(StackFailure.OUT_OF_MEMORY));
        return new UnixAcceptor(socket(), folder.resolve("b" + sockets++), loop(epoll), terms).accept(patience);
    }

    private StackLink link(boolean epoll) {
        return accept(epoll, Duration.ofSeconds(20), () -> true)
                .toCompletableFuture()
                .join();
    }

    private void work() throws IOException {
        worker = StackWorker.dial(socket(), 1000, message -> message);
        thread = new Thread(() -> {
            try {
                worker.run();
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        });
        thread.start();
    }

    private String ask(StackLink link, long correlation, String text) throws InterruptedException {
        ByteBuf message = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        assertTrue(loops.submit(() -> link.send(correlation, message))
                .awaitUninterruptibly()
                .getNow());
        return next();
    }

    private String next() throws InterruptedException {
        return String.valueOf(told.poll(20, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFirstConnectionCountsAndASecondIsRefused(boolean epoll) throws IOException, InterruptedException {
        work();
        StackLink link = link(epoll);
        assertEquals("reply 1 one", ask(link, 1, "one"));
        assertThrows(IOException.class, this::connect);
        assertEquals("reply 2 two", ask(link, 2, "two"));
    }

    private void connect() throws IOException {
        SocketChannel.open(UnixDomainSocketAddress.of(socket())).close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStackConnectsAgainToWhoListensNext(boolean epoll) throws IOException, InterruptedException {
        work();
        for (int round = 0; round < 3; round++) {
            StackLink link = link(epoll);
            assertEquals("reply 1 up", ask(link, 1, "up"));
            link.close();
            assertEquals("closed OUT_OF_MEMORY", next());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsInTheWayOfTheSocketIsReplacedAndNotFollowed(boolean epoll) throws IOException, InterruptedException {
        Path victim = Files.writeString(folder.resolve("victim"), "whole");
        Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(socket(), victim);
        Files.createFile(folder.resolve("b0"));
        work();
        assertEquals("reply 1 up", ask(link(epoll), 1, "up"));
        assertEquals("whole", Files.readString(victim));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(victim)));
        assertFalse(Files.isSymbolicLink(socket()));
        assertFalse(Files.exists(folder.resolve("b0")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoDoesNotConnectIsUnreachable(boolean epoll) {
        assertEquals(StackFailure.UNREACHABLE, failure(accept(epoll, Duration.ofMillis(50), () -> true)));
        assertEquals(StackFailure.OUT_OF_MEMORY, failure(accept(epoll, Duration.ofSeconds(20), () -> false)));
        assertThrows(IOException.class, this::connect);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPlaceThatIsNotThereIsAFailureOfTheEngine(boolean epoll) {
        folder = folder.resolve("none");
        assertEquals(StackFailure.ENGINE_FAILED, failure(accept(epoll, Duration.ofSeconds(20), () -> true)));
    }

    private static StackFailure failure(CompletionStage<StackLink> link) {
        CompletionException fault = assertThrows(
                CompletionException.class, () -> link.toCompletableFuture().join());
        return assertInstanceOf(StackException.class, fault.getCause()).failure();
    }
}
