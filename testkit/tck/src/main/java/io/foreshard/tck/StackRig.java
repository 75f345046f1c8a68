package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.spi.HealthCheck;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackException;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackLink;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An engine, the stacks that a test has made with it, and their links. Closing it destroys them all, and fails if a message was not released. */
final class StackRig implements AutoCloseable {

    static final long SECONDS = 30;
    private static final int MOST_ATTEMPTS = 100;
    private static final StackResources ROOMY = new StackResources(1, 96L << 20, 64, 1 << 20);

    final StackEngine engine;
    private final StackSource source;
    private final EventLoop loop;
    private final String owner;
    private final List<StackId> made = new ArrayList<>();
    private final List<ByteBuf> messages = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    StackRig(StackEngineContract contract) {
        this(contract.engine(), contract.source(), contract.loop());
    }

    StackRig(StackEngine engine, StackSource source, EventLoop loop) {
        this.engine = engine;
        this.source = source;
        this.loop = loop;
        owner = "t" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);
    }

    String owner() {
        return owner;
    }

    StackId id() {
        StackId id = new StackId(owner, "drill", made.size() + 1);
        made.add(id);
        return id;
    }

    StackSpec spec() {
        return spec(ROOMY, 64);
    }

    StackSpec spec(StackResources resources, int maxInFlight) {
        HealthCheck patient = new HealthCheck(Duration.ofSeconds(1), Duration.ofSeconds(SECONDS / 2), 1);
        return new StackSpec(
                "drill",
                source,
                "/run/stack/stack.sock",
                resources,
                patient,
                maxInFlight,
                Map.of("DRILL", "a \"b\"\n"));
    }

    StackId running(StackSpec spec) {
        StackId id = id();
        done(engine.create(id, spec));
        done(engine.start(id));
        return id;
    }

    Line connect(StackId id) {
        return connect(engine, id);
    }

    Line connect(StackEngine by, StackId id) {
        Line line = new Line();
        line.link = done(by.connect(id, loop, line));
        lines.add(line);
        return line;
    }

    static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    static void fails(StackFailure expected, CompletionStage<?> stage) {
        CompletionException fault = assertThrows(CompletionException.class, () -> done(stage));
        assertEquals(expected, failure(fault), fault::toString);
    }

    private static StackFailure failure(CompletionException fault) {
        if (fault.getCause() instanceof StackException known) {
            return known.failure();
        }
        throw new AssertionError("not a StackException", fault);
    }

    /** A process that ends may take connections until it has ended: each is told as closed, and the last one is refused. */
    void awaitUnconnectable(StackFailure expected, StackId id) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Line line = new Line();
            try {
                line.link = done(engine.connect(id, loop, line));
            } catch (CompletionException refused) {
                assertEquals(expected, failure(refused), refused::toString);
                return;
            }
            lines.add(line);
            line.awaitEnd();
        }
        throw new AssertionError(id + " takes connections (expected: " + expected + ")");
    }

    private <T> T onLoop(Callable<T> call) {
        return loop.submit(call).awaitUninterruptibly().getNow();
    }

    @Override
    public void close() {
        made.forEach(id -> done(engine.destroy(id)));
        lines.forEach(Line::close);
        lines.forEach(Line::awaitEnd);
        onLoop(() -> true);
        assertTrue(lines.stream().allMatch(line -> line.ends.get() == 1), "the end of a link is told once");
        assertTrue(messages.stream().allMatch(message -> message.refCnt() == 0), "messages are released");
        engine.close();
    }

    /** A link, and what it told. */
    final class Line implements StackLink.Listener {

        final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        private final CompletableFuture<StackFailure> end = new CompletableFuture<>();
        private final AtomicInteger ends = new AtomicInteger();
        private @Nullable StackLink link;

        private StackLink link() {
            return Objects.requireNonNull(link, "connected");
        }

        boolean send(long correlation, String text) {
            ByteBuf message = Unpooled.directBuffer().writeBytes(text.getBytes(StandardCharsets.UTF_8));
            if (!text.equals(DrillHandler.HANG)) {
                // What a stack hangs at is its own, for ever.
                messages.add(message);
            }
            return onLoop(() -> link().send(correlation, message));
        }

        boolean ping(long correlation) {
            return onLoop(() -> link().ping(correlation));
        }

        boolean isWritable() {
            return onLoop(() -> link().isWritable());
        }

        StackFailure awaitEnd() {
            return done(end);
        }

        void close() {
            onLoop(() -> {
                link().close();
                return true;
            });
        }

        /** Sends a text and waits for its answer. */
        String ask(long correlation, String text) {
            assertTrue(send(correlation, text), text);
            String answer = next();
            String prefix = "reply " + correlation + " ";
            assertTrue(answer.startsWith(prefix), answer);
            return answer.substring(prefix.length());
        }

        /** Waits for what is told next. */
        String next() {
            try {
                String next = told.poll(SECONDS, TimeUnit.SECONDS);
                assertNotNull(next, "told within " + SECONDS + " s");
                return next;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError(stopped);
            }
        }

        @Override
        public void onReply(long correlation, ByteBuf reply) {
            told.add("reply " + correlation + " " + reply.toString(StandardCharsets.UTF_8));
            reply.release();
        }

        @Override
        public void onError(long correlation) {
            told.add("error " + correlation);
        }

        @Override
        public void onPong(long correlation) {
            told.add("pong " + correlation);
        }

        @Override
        public void onWritable() {
            told.add("writable");
        }

        @Override
        public void onClosed(StackFailure failure) {
            ends.incrementAndGet();
            end.complete(failure);
        }
    }
}
