package io.foreshard.examples.stacks;

import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackLink;
import io.foreshard.stackvirt.spi.StackSpec;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a stack takes on this machine, as tried.
 *
 * @param startMillis from nothing until it says that it is well, in the median
 * @param megabytes resident memory after that
 */
record Trial(double startMillis, double megabytes) {

    private static final String OWNER = "trial";
    private static final int ROUNDS = 3;

    /** Whose stacks there may be of this program. */
    static List<String> owners() {
        List<String> owners = new ArrayList<>(List.of(OWNER));
        Arrays.stream(Policy.values()).map(Policy::owner).forEach(owners::add);
        return owners;
    }

    static Trial run(StackEngine engine, StackSpec spec, EventLoop loop) throws IOException {
        double[] millis = new double[ROUNDS];
        double megabytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            StackId id = new StackId(OWNER, spec.name(), round + 1L);
            long begin = System.nanoTime();
            try {
                Containers.done(engine.create(id, spec).thenCompose(created -> engine.start(id)));
                Pong pong = new Pong();
                StackLink link = Containers.done(engine.connect(id, loop, pong));
                loop.execute(() -> link.ping(1));
                Containers.done(pong.came);
                millis[round] = (System.nanoTime() - begin) / 1e6;
                megabytes =
                        Math.max(megabytes, Containers.done(engine.usage(id)).memoryBytes() / 1e6);
                loop.execute(link::close);
            } finally {
                Containers.done(engine.destroy(id));
            }
        }
        Arrays.sort(millis);
        return new Trial(millis[ROUNDS / 2], megabytes);
    }

    private static final class Pong implements StackLink.Listener {
        private final CompletableFuture<Boolean> came = new CompletableFuture<>();

        @Override
        public void onReply(long correlation, ByteBuf reply) {
            reply.release();
        }

        @Override
        public void onError(long correlation) {
            // Nothing was sent.
        }

        @Override
        public void onPong(long correlation) {
            came.complete(true);
        }

        @Override
        public void onWritable() {
            // Nothing waits to be sent.
        }

        @Override
        public void onClosed(StackFailure failure) {
            came.completeExceptionally(new IOException("the stack ended: " + failure));
        }
    }
}
